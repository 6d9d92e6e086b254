package dev.hitless.agent;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads what lies under {@code inside/} in the agent's jar: hitless itself and its libraries,
 * renamed so that no other loader finds them.
 *
 * <p>Its parent is the bootstrap loader: nothing of the application is visible from here, and
 * nothing of here from the application. Parallel capable; the jar stays open for the life of the
 * JVM.
 */
public final class InsideLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ZipFile jar;
  private final ProtectionDomain domain;

  /**
   * Opens the agent's jar.
   *
   * @throws IOException if it cannot be read
   */
  public InsideLoader(File file) throws IOException {
    super(null);
    jar = new ZipFile(file);
    Permissions all = new Permissions();
    all.add(new AllPermission());
    domain = new ProtectionDomain(null, all);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = bytes(name.replace('.', '/') + ".bin");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  /** Returns what lies under this name in the jar's inner tree, or null if there is nothing. */
  public byte @Nullable [] bytes(String name) {
    try {
      ZipEntry entry = jar.getEntry("inside/" + name);
      if (entry == null || entry.isDirectory()) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        byte[] bytes = new byte[(int) entry.getSize()];
        int at = 0;
        while (at < bytes.length) {
          int n = in.read(bytes, at, bytes.length - at);
          if (n < 0) {
            return null;
          }
          at += n;
        }
        return bytes;
      }
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Returns what loads and links every class of a package, given by its name: whoever has done that
   * does not depend on the jar any more when those classes are used.
   *
   * <p>It throws a LinkageError if one of them is missing or damaged.
   */
  public Consumer<String> preloading() {
    return new Consumer<String>() {
      @Override
      public void accept(String name) {
        preload("inside/" + name.replace('.', '/') + '/');
      }
    };
  }

  private void preload(String folder) {
    for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
      String entry = all.nextElement().getName();
      if (entry.startsWith(folder) && entry.endsWith(".bin") && !entry.endsWith("-info.bin")) {
        String path = entry.substring("inside/".length(), entry.length() - ".bin".length());
        try {
          Class.forName(path.replace('/', '.'), true, this);
        } catch (ClassNotFoundException e) {
          throw (NoClassDefFoundError) new NoClassDefFoundError(path).initCause(e);
        }
      }
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = bytes(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] bytes = bytes(name);
    if (bytes == null) {
      return null;
    }
    try {
      return new URL(null, "hitless:" + name, new BytesHandler(bytes));
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }

  /** Opens a resource that is in memory already. */
  private static final class BytesHandler extends URLStreamHandler {
    private final byte[] bytes;

    BytesHandler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
