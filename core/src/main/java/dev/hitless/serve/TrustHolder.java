package dev.hitless.serve;

/** A trust manager of ours. */
interface TrustHolder {
  RotatingTrust trust();
}
