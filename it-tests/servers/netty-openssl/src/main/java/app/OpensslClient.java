package app;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Netty with OpenSSL as a client. It connects when its standard input says so, and answers with the
 * id of the session.
 */
public final class OpensslClient {
  private static final EventLoopGroup GROUP = new NioEventLoopGroup(1);

  private OpensslClient() {}

  /**
   * Says when it is ready.
   *
   * @param args certificate file, key file, file of trusted certificates
   */
  public static void main(String[] args) throws Exception {
    SslContext tls =
        SslContextBuilder.forClient()
            .keyManager(new File(args[0]), new File(args[1]))
            .trustManager(new File(args[2]))
            .sslProvider(SslProvider.OPENSSL)
            .protocols("TLSv1.2")
            .endpointIdentificationAlgorithm(null)
            .build();
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println("session " + connect(tls, Integer.parseInt(line.split(" ")[1])));
    }
    System.exit(0);
  }

  private static String connect(SslContext tls, int port) throws Exception {
    Channel channel =
        new Bootstrap()
            .group(GROUP)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel made) {
                    made.pipeline().addLast(tls.newHandler(made.alloc(), "127.0.0.1", port));
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    handler.handshakeFuture().sync();
    String id = new BigInteger(1, handler.engine().getSession().getId()).toString(16);
    String request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    channel.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII)).sync();
    channel.closeFuture().sync();
    return id;
  }
}
