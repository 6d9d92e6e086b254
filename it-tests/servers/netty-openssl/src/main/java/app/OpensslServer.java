package app;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/**
 * Netty with OpenSSL, which asks for client certificates and keeps sessions in each way there is.
 * It reads its files at start and never again.
 */
public final class OpensslServer {
  private static final EventLoopGroup GROUP = new NioEventLoopGroup(2);

  private OpensslServer() {}

  /**
   * Says a line for each port: what it keeps sessions in, and its number.
   *
   * @param args certificate file, key file, file of trusted certificates
   */
  public static void main(String[] args) throws Exception {
    listen("ids", context(args, SslProvider.OPENSSL, "TLSv1.2"));
    listen("own-tickets", context(args, SslProvider.OPENSSL_REFCNT, "TLSv1.3", "TLSv1.2"));
    SslContext tickets = context(args, SslProvider.OPENSSL_REFCNT, "TLSv1.2");
    setTicketKeys(tickets);
    listen("tickets-1.2", tickets);
    tickets = context(args, SslProvider.OPENSSL, "TLSv1.3");
    setTicketKeys(tickets);
    listen("tickets-1.3", tickets);
    System.out.println("ready");
  }

  private static SslContext context(String[] args, SslProvider provider, String... protocols)
      throws Exception {
    return SslContextBuilder.forServer(new File(args[0]), new File(args[1]))
        .trustManager(new File(args[2]))
        .clientAuth(ClientAuth.REQUIRE)
        .sslProvider(provider)
        .protocols(protocols)
        .build();
  }

  private static void setTicketKeys(SslContext context) {
    byte[][] parts = new byte[3][16];
    SecureRandom random = new SecureRandom();
    for (byte[] part : parts) {
      random.nextBytes(part);
    }
    ((OpenSslSessionContext) context.sessionContext())
        .setTicketKeys(new OpenSslSessionTicketKey(parts[0], parts[1], parts[2]));
  }

  private static void listen(String name, SslContext tls) throws Exception {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(GROUP)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            tls.newHandler(channel.alloc()), new HttpServerCodec(), new Hello());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync();
    System.out.println(name + " " + ((InetSocketAddress) bound.channel().localAddress()).getPort());
  }

  private static final class Hello extends SimpleChannelInboundHandler<Object> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        FullHttpResponse response =
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
