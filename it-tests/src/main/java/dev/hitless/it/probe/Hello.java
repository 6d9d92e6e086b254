package dev.hitless.it.probe;

/** A program that never uses TLS. */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello=world");
  }
}
