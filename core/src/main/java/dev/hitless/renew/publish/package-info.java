/**
 * Puts a new identity onto the disk, so that at no instant no usable one is there.
 *
 * <p>Everything is prepared beside the files, in the folder {@code .hitless} (mode 0700, same file
 * system), below a folder of its own for each publication. The name of that folder is its state, so
 * that one rename is one transition:
 *
 * <pre>
 *   check          is it writable, is it what we think it is, can this format be written?
 *   mkdir          .hitless/staging-ID/
 *   write, fsync     manifest        names, SHA-256 before and after, its own SHA-256
 *   write, fsync     old.tls.crt     the version before, with owner, group and mode
 *   write, fsync     new.tls.crt     the version after, the same; private until its mode is set
 *   write, fsync     old.tls.key, new.tls.key
 *   fsync          .hitless/staging-ID
 *   check          nobody wrote the files meanwhile, the lock is still ours
 *
 *   rename         staging-ID → journal-ID          ◄── the decision
 *   fsync          .hitless
 *
 *   rename           journal-ID/new.tls.crt → tls.crt     ┐ between these two the pair is broken
 *   rename           journal-ID/new.tls.key → tls.key     ┘ in place, and whole in the journal
 *   fsync          the directory of the files
 *   read           as a server would; another leaf than the new one: journal-ID/undo, and back
 *
 *   rename         journal-ID → former-ID           ◄── the end; the version before is kept
 *   fsync          .hitless
 *   delete         the oldest former-…
 * </pre>
 *
 * <p>A crash before the decision leaves the files untouched, and rubbish that the next publication
 * deletes. A crash after it is completed by {@link dev.hitless.renew.publish.Repair}, which does
 * what the publication would have done: whatever is still to be moved is moved. Several may do so
 * at once, the living publication among them, since only one can move a file, and every name holds
 * the ID. With the mark {@code undo} it goes the other way, from {@code old.…}.
 *
 * <p>Files in several directories are staged in each of them; the first directory by name is the
 * home, whose rename is the decision: the others are renamed before it, and end before it.
 *
 * <p>{@link dev.hitless.renew.publish.RenewalLock} sees to it that one process renews at a time. It
 * is not needed for the files to stay whole but for a moment: it is asked just before the decision.
 */
package dev.hitless.renew.publish;
