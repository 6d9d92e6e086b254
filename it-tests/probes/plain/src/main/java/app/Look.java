package app;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;

/** Tells which of the named classes and resources an application can see. */
public final class Look {
  private Look() {}

  public static void main(String[] names) throws IOException {
    for (String name : names) {
      if (name.indexOf('/') >= 0) {
        for (URL url : Collections.list(Look.class.getClassLoader().getResources(name))) {
          System.out.println("visible " + url);
        }
      } else {
        look(name);
      }
    }
    System.out.println("looked");
  }

  private static void look(String name) {
    try {
      Class.forName(name, false, Look.class.getClassLoader());
      System.out.println("visible " + name);
    } catch (ClassNotFoundException e) {
      // As it should be.
    }
  }
}
