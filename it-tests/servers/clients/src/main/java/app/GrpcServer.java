package app;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * A gRPC server that asks for client certificates, and lets no session be resumed. It prints "port
 * PORT", and for each call "call FROM FINGERPRINT", FROM being the client's port. Arguments: PEM
 * files of its certificate, its key and the clients' root.
 */
public final class GrpcServer {
  private GrpcServer() {}

  public static void main(String[] args) throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forServer(new File(args[0]), new File(args[1]))
            .trustManager(new File(args[2]))
            .clientAuth(ClientAuth.REQUIRE);
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("greeting")
            .addMethod(
                Greeting.METHOD,
                ServerCalls.asyncUnaryCall(
                    (line, answer) -> {
                      answer.onNext(line);
                      answer.onCompleted();
                    }))
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(GrpcSslContexts.configure(builder, SslProvider.JDK).build())
            .addService(ServerInterceptors.intercept(service, new Look()))
            .build()
            .start();
    System.out.println("port " + server.getPort());
    server.awaitTermination();
  }

  private static final class Look implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      SSLSession session =
          Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
      SocketAddress from = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      int port = ((InetSocketAddress) Objects.requireNonNull(from)).getPort();
      session.invalidate();
      System.out.println("call " + port + " " + fingerprint(session));
      return next.startCall(call, headers);
    }

    private static String fingerprint(SSLSession session) {
      try {
        byte[] leaf = session.getPeerCertificates()[0].getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf);
        return String.format("%064x", new BigInteger(1, digest));
      } catch (SSLException | GeneralSecurityException e) {
        return e.toString();
      }
    }
  }
}
