/** Puts a new identity onto the disk, so that at no instant no usable one is there. */
package dev.hitless.renew.publish;
