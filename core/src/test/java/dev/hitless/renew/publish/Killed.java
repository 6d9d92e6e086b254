package dev.hitless.renew.publish;

/** The end of the process: no handler of ours may catch it, and nothing works after it. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;
}
