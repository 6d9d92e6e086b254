package app;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
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
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import java.io.File;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Netty with a PEM certificate and key, as its examples set it up; with the JDK's TLS, or that of
 * the system property {@code provider}.
 */
public final class PemServer {

  private PemServer() {}

  /**
   * @param args port, certificate file, key file; then, if it has another host, that one's name and
   *     files
   */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    SslContext tls = context(args[1], args[2]);
    DomainWildcardMappingBuilder<SslContext> hosts = new DomainWildcardMappingBuilder<>(tls);
    if (args.length > 3) {
      hosts.add(args[3], context(args[4], args[5]));
    }
    Mapping<String, SslContext> byHost = hosts.build();
    serve(
        port,
        args.length > 3
            ? channel -> new SniHandler(byHost)
            : channel -> tls.newHandler(channel.alloc()));
  }

  /** Answers each request; the handlers of TLS are new ones for each connection. */
  static void serve(int port, Function<SocketChannel, ChannelHandler> tls) throws Exception {
    new ServerBootstrap()
        .group(new NioEventLoopGroup(2))
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(tls.apply(channel), new HttpServerCodec(), new Hello());
              }
            })
        .bind("127.0.0.1", port)
        .sync();
  }

  private static SslContext context(String certificate, String key) throws SSLException {
    return SslContextBuilder.forServer(new File(certificate), new File(key))
        .sslProvider(SslProvider.valueOf(System.getProperty("provider", "JDK")))
        .build();
  }

  private static final class Hello extends SimpleChannelInboundHandler<Object> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        FullHttpResponse response =
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        ChannelFuture written = context.writeAndFlush(response);
        if (!HttpUtil.isKeepAlive((HttpRequest) message)) {
          written.addListener(ChannelFutureListener.CLOSE);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
