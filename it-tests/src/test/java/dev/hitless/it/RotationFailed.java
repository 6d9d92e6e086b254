package dev.hitless.it;

/** What a client saw that it should not have seen. */
final class RotationFailed extends Exception {
  private static final long serialVersionUID = 1;

  RotationFailed(String message) {
    super(message);
  }
}
