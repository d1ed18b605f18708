package io.gentcp.spring.boot;

import java.nio.file.Path;
import java.time.Duration;

import io.gentcp.RecvResult;
import io.gentcp.SendResult;
import io.gentcp.spring.annotation.GenTcpListener;
import io.gentcp.spring.core.GenTcpTemplate;
import io.gentcp.spring.listener.GenTcpListenerContainer;
import io.gentcp.transport.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.gentcp.spring.boot.ConfiguredContext.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An application whose client and server meet at a path. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class LocalSocketTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource
	void aPathIsAllThatMustBeSet(Backend backend) {
		Path path = this.folder.resolve("edge.sock");
		ConfiguredContext.runner().withBean(Echo.class).withInitializer(yaml("""
				gentcp:
				  backend: %2$s
				  packet: 4
				  client: { orders: { local: %1$s } }
				  server: { edge: { local: %1$s } }
				""".formatted(path, backend))).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(GenTcpTemplate.class).sendAndReceive("order 1")).isEqualTo("order 1");
			assertThat(path).exists();
			assertThat(context.getBean(GenTcpListenerContainer.class)).hasToString("server edge (%s)".formatted(path));
			assertThat(context.getEnvironment().containsProperty("local.gentcp.edge.port")).isFalse();
		});
		assertThat(path).doesNotExist();
	}

	@Test
	void aReplyThatIsNotOutAtItsSendTimeoutEndsTheConnection(CapturedOutput output) {
		ConfiguredContext.runner()
			.withBean(LargeReply.class)
			.withInitializer(yaml("""
					gentcp:
					  packet: 4
					  client: { orders: { local: %1$s, packet-size: 0 } }
					  server: { edge: { local: %1$s, send-timeout: 50 } }
					""".formatted(this.folder.resolve("edge.sock"))))
			.run((context) -> context.getBean(GenTcpTemplate.class).execute((socket) -> {
				assertThat(socket.send("order 1".getBytes())).isEqualTo(new SendResult.Sent());
				await().until(() -> output.getOut().contains("of 4000004 bytes are out, the connection is closed"));
				assertThat(socket.recv(Duration.ofSeconds(20))).isEqualTo(new RecvResult.Closed());
				return null;
			}));
	}

	static class Echo {

		@GenTcpListener("edge")
		byte[] echo(byte[] packet) {
			return packet;
		}

	}

	static class LargeReply {

		@GenTcpListener("edge")
		byte[] reply(byte[] packet) {
			return new byte[4_000_000];
		}

	}

}
