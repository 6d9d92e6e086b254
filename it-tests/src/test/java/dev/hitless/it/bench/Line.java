package dev.hitless.it.bench;

/**
 * One line of the table.
 *
 * @param jdk the feature release, or empty where it plays no part
 * @param ratio from the same run, or empty
 * @param bar what is asked for, or empty where nothing is
 * @param met whether it is; of no meaning without a bar
 */
record Line(String what, String jdk, String measured, String ratio, String bar, boolean met) {

  String verdict() {
    return bar.isEmpty() ? "" : met ? "met" : "NOT MET";
  }
}
