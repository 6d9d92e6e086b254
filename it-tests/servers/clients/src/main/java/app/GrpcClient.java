package app;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

/** gRPC with Netty and the JDK's TLS. */
final class GrpcClient implements Client {
  private final ManagedChannel held;
  private final ManagedChannel fresh;

  GrpcClient(KeyFiles files, int port) throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .keyManager(files.own(".crt").toFile(), files.own(".key").toFile())
            .trustManager(files.servers(".pem").toFile());
    SslContext context = GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    held = NettyChannelBuilder.forAddress("localhost", port).sslContext(context).build();
    fresh = NettyChannelBuilder.forAddress("localhost", port).sslContext(context).build();
  }

  @Override
  public void held() {
    ask(held);
  }

  @Override
  public void fresh() {
    ask(fresh);
    fresh.enterIdle(); // which ends its connection
  }

  private static void ask(ManagedChannel channel) {
    ClientCalls.blockingUnaryCall(channel, Greeting.METHOD, io.grpc.CallOptions.DEFAULT, "hello");
  }
}
