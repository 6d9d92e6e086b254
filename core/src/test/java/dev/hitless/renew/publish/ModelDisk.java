package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A file system in memory that fails on demand at one of its operations, and that forgets at a
 * power cut what was not forced: of the content of files, and of the names in directories.
 */
final class ModelDisk implements Disk {
  /** A file; a directory has no content. */
  private static final class Node {
    byte[] content;
    byte[] forced = {};
    boolean directory;
  }

  /** One change of names, as a journaling file system would log it: as a whole or not at all. */
  private static final class Change {
    final Path from;
    final Path to;
    final Node node;
    boolean forced;

    Change(Path from, Path to, Node node) {
      this.from = from;
      this.to = to;
      this.node = node;
    }
  }

  private Map<Path, Node> names = new TreeMap<>();
  private Map<Path, Node> forcedNames = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private Fault fault;
  private int countdown = -1;
  private boolean dead;
  private boolean failing;
  private boolean full;
  private boolean triggered;

  /** Puts a file where it survives everything. */
  void put(Path file, byte[] content) {
    for (Path up = file.getParent(); up != null; up = up.getParent()) {
      Node directory = new Node();
      directory.directory = true;
      names.putIfAbsent(up, directory);
    }
    Node node = new Node();
    node.content = content;
    node.forced = content;
    names.put(file, node);
    forcedNames = new TreeMap<>(names);
  }

  /** Makes the operation of that number, counted from now and from 0, meet a fault. */
  void meet(Fault what, int operation) {
    fault = what;
    countdown = operation;
    triggered = false;
  }

  /** Returns whether the operation was reached. */
  boolean hasMet() {
    return triggered;
  }

  /** Starts a new process, on a disk that works again. */
  void restart() {
    dead = false;
    failing = false;
    full = false;
    countdown = -1;
  }

  /**
   * Cuts the power: what was forced stays; of all else, each change on its own may have come
   * through, as the random numbers say, or none of it (null).
   */
  void cutPower(Random random) {
    Map<Path, Node> left = new TreeMap<>(forcedNames);
    for (Change change : changes) {
      if (change.forced || (random != null && random.nextBoolean())) {
        apply(left, change);
      }
    }
    for (Node node : left.values()) {
      if (!node.directory && !Arrays.equals(node.content, node.forced)) {
        int kind = random == null ? 0 : random.nextInt(3);
        node.content =
            kind == 0
                ? node.forced
                : kind == 1 ? node.content : Arrays.copyOf(node.content, node.content.length / 2);
        node.forced = node.content;
      }
    }
    names = left;
    forcedNames = new TreeMap<>(left);
    changes.clear();
    restart();
  }

  private static void apply(Map<Path, Node> names, Change change) {
    if (change.to != null && !names.containsKey(change.to.getParent())) {
      return;
    }
    if (change.from == null) {
      names.putIfAbsent(change.to, change.node);
    } else if (change.to == null) {
      names.remove(change.from);
    } else {
      Map<Path, Node> moved = new TreeMap<>();
      for (Path path : new ArrayList<>(names.keySet())) {
        if (path.startsWith(change.from)) {
          moved.put(change.to.resolve(change.from.relativize(path).toString()), names.get(path));
          names.remove(path);
        }
      }
      moved.forEach(names::put);
    }
  }

  private void change(Path from, Path to, Node node) {
    Change change = new Change(from, to, node);
    changes.add(change);
    apply(names, change);
  }

  /** Counts an operation; returns whether it is to be reported as failed although it was done. */
  private boolean step(boolean writes) throws IOException {
    if (dead) {
      throw new Killed();
    }
    if (countdown >= 0 && countdown-- == 0) {
      triggered = true;
      switch (fault) {
        case KILL:
          dead = true;
          throw new Killed();
        case KILL_WITHIN:
          dead = true;
          break;
        case EIO:
          throw new IOException("Input/output error");
        case EIO_FROM_THEN_ON:
          failing = true;
          break;
        case EIO_AFTERWARDS:
          return true;
        default:
          full = true;
          break;
      }
    }
    if (failing) {
      throw new IOException("Input/output error");
    }
    if (full && writes) {
      throw new IOException("No space left on device");
    }
    return false;
  }

  private void end(boolean reportFailure) throws IOException {
    if (dead) {
      throw new Killed();
    }
    if (reportFailure) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public Kind kind(Path path) {
    if (dead) {
      throw new Killed();
    }
    Node node = names.get(path);
    return node == null ? Kind.MISSING : node.directory ? Kind.DIRECTORY : Kind.FILE;
  }

  @Override
  public FileStamp stamp(Path file) {
    throw new UnsupportedOperationException("no publication asks for it");
  }

  @Override
  public byte[] read(Path file) throws IOException {
    boolean report = step(false);
    Node node = names.get(file);
    if (node == null || node.directory) {
      throw new NoSuchFileException(file.toString());
    }
    end(report);
    return node.content.clone();
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    boolean report = step(false);
    List<String> found = new ArrayList<>();
    for (Path path : names.keySet()) {
      if (directory.equals(path.getParent())) {
        found.add(path.getFileName().toString());
      }
    }
    end(report);
    return found;
  }

  @Override
  public Path realPath(Path path) throws IOException {
    if (!names.containsKey(path.normalize())) {
      throw new NoSuchFileException(path.toString());
    }
    return path.normalize();
  }

  @Override
  public boolean isWritable(Path directory) {
    return true;
  }

  @Override
  public boolean isMountPoint(Path file) {
    return false;
  }

  @Override
  public String unportable(Path file) {
    return "";
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    boolean report = step(true);
    Node node = new Node();
    node.directory = true;
    if (!names.containsKey(directory)) {
      change(null, directory, node);
    }
    end(report);
  }

  @Override
  public void create(Path file, byte[] content) throws IOException {
    boolean fullBefore = full;
    boolean report;
    try {
      report = step(true);
    } catch (IOException e) {
      if (full && !fullBefore && !names.containsKey(file)) {
        put(file, content, content.length / 2);
      }
      throw e;
    }
    if (names.containsKey(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    put(file, content, dead ? content.length / 2 : content.length);
    end(report);
  }

  private void put(Path file, byte[] content, int length) throws IOException {
    if (!names.containsKey(file.getParent())) {
      throw new NoSuchFileException(file.toString());
    }
    Node node = new Node();
    node.content = Arrays.copyOf(content, length);
    change(null, file, node);
  }

  @Override
  public void copyAttributes(Path from, Path to, Consumer<String> notes) throws IOException {
    boolean report = step(false);
    if (!names.containsKey(from) || !names.containsKey(to)) {
      throw new NoSuchFileException(to.toString());
    }
    end(report);
  }

  @Override
  public void force(Path file) throws IOException {
    boolean report = step(false);
    Node node = names.get(file);
    if (node == null) {
      throw new NoSuchFileException(file.toString());
    }
    node.forced = node.content;
    end(report);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    boolean report = step(false);
    for (Change change : changes) {
      change.forced |=
          (change.from != null && directory.equals(change.from.getParent()))
              || (change.to != null && directory.equals(change.to.getParent()));
    }
    end(report);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    boolean report = step(false);
    if (!names.containsKey(from)) {
      throw new NoSuchFileException(from.toString());
    }
    change(from, to, names.get(from));
    end(report);
  }

  @Override
  public void delete(Path path) throws IOException {
    boolean report = step(false);
    if (names.containsKey(path)) {
      change(path, null, names.get(path));
    }
    end(report);
  }
}
