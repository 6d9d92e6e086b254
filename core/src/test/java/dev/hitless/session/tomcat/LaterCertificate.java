package dev.hitless.session.tomcat;

/** As later versions have it, which tell what they made from what a program has set. */
public final class LaterCertificate extends Certificate {
  public LaterCertificate(String file, Object context) {
    super(file, context);
  }

  @Override
  public void setSslContext(Object provided) {
    throw new AssertionError("it would not be made anew when an operator asks for that");
  }

  void setSslContextGenerated(Object generated) {
    context = generated;
  }
}
