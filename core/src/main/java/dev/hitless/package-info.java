/**
 * hitless as a library: {@link dev.hitless.Rotation} wires following and serving together.
 *
 * <p>{@code serve → material}, {@code follow → material}, all {@code → report}; only this package
 * knows both {@code follow} and {@code serve}.
 */
package dev.hitless;
