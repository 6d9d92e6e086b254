package app;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** A call with a line of text for a line of text. */
final class Greeting {
  static final MethodDescriptor<String, String> METHOD =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("greeting/greet")
          .setRequestMarshaller(new Line())
          .setResponseMarshaller(new Line())
          .build();

  private Greeting() {}

  private static final class Line implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String line) {
      return new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try (Scanner scanner = new Scanner(in, "UTF-8")) {
        String line = scanner.nextLine();
        if (scanner.ioException() != null) {
          throw new UncheckedIOException(scanner.ioException());
        }
        return line;
      }
    }
  }
}
