package org.runwright.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One command on a lab host. As with OpenSSH, the channel ends when the command has exited and its
 * output is closed by everyone who inherited it, and a lost connection ends no process.
 */
final class HostCommand implements Command {

  private final ProcessBuilder builder;
  private final ExecutorService threads;
  private @Nullable Process process;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private @Nullable OutputStream err;
  private @Nullable ExitCallback exit;

  HostCommand(ProcessBuilder builder, ExecutorService threads) {
    this.builder = builder;
    this.threads = threads;
  }

  @Override
  public void setInputStream(@Nullable InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(@Nullable OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(@Nullable OutputStream err) {
    this.err = err;
  }

  @Override
  public void setExitCallback(@Nullable ExitCallback callback) {
    this.exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    Process started = builder.start();
    process = started;
    InputStream toCommand = in;
    OutputStream toOut = out;
    OutputStream toErr = err;
    ExitCallback callback = exit;
    if (toCommand == null || toOut == null || toErr == null || callback == null) {
      throw new IllegalStateException("start before the streams are set");
    }
    threads.execute(() -> copyInput(toCommand, started.getOutputStream()));
    Future<?> outDone = threads.submit(() -> copy(started.getInputStream(), toOut));
    Future<?> errDone = threads.submit(() -> copy(started.getErrorStream(), toErr));
    threads.execute(() -> report(started, outDone, errDone, callback));
  }

  @Override
  public void destroy(ChannelSession channel) {
    Process started = process;
    if (started != null) {
      for (AutoCloseable stream :
          new AutoCloseable[] {
            started.getOutputStream(), started.getInputStream(), started.getErrorStream()
          }) {
        threads.execute(() -> close(stream));
      }
    }
  }

  private static void report(
      Process process, Future<?> outDone, Future<?> errDone, ExitCallback callback) {
    try {
      int code = process.waitFor();
      outDone.get();
      errDone.get();
      callback.onExit(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      callback.onExit(255, "the output could not be read");
    }
  }

  private static void copyInput(InputStream from, OutputStream to) {
    try (to) {
      copy(from, to);
    } catch (IOException e) {
      // The command does not read its input; that is its right.
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // The other side is gone; what is left has nobody to read it.
    }
  }

  private static void close(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      // Closed already.
    }
  }
}
