package dev.relive.gymnasium;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A Python that runs {@code lanes.py}, and the two pipes to it. A message is its length (4 bytes)
 * and its kind (1), then its payload; a request has one reply, before which a word that it comes
 * soon may stand. Python is killed when a reply takes too long, and ends by itself when this
 * process is gone. For one thread at a time.
 */
final class PythonProcess implements AutoCloseable {
  static final byte MAKE = 0;
  static final byte RESET = 1;
  static final byte STEP = 2;
  static final byte RENDER = 3;
  private static final byte CLOSE = 4;
  private static final byte DONE = 0;
  private static final byte SOON = 2;

  private static final int HEADER = Integer.BYTES + 1;
  private static final int LARGEST_REPLY = 1 << 30;
  private static final long CLOSE_SECONDS = 2;
  private static final long WATCH_MILLIS = 50;
  private static final long NANOS_AWAKE = 100_000;
  private static final long NANOS_AWAKE_FOR_WHAT_COMES_SOON = 3_000_000;
  private static final int SLEEPS_AFTER_A_POLL_IN_VAIN = 20;

  /** Reads the program from its standard input, so that no file has to lie anywhere. */
  private static final String BOOTSTRAP =
      "import sys; sys.version_info >= (3, 10) or sys.exit('it is Python %d.%d, and 3.10 or newer"
          + " is needed' % sys.version_info[:2]); program = sys.stdin.buffer;"
          + " exec(compile(program.read(int(program.readline())), 'lanes.py', 'exec'))";

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "python-watch"));

  private final Process process;
  private final Duration timeout;
  private final InputStream replies;
  private final OutputStream requests;
  private final StandardError standardError;
  private final Thread standardErrorThread;
  private final ScheduledFuture<?> watch;
  private final byte[] header = new byte[HEADER];
  private byte[] payload = {};
  private ByteBuffer reply = ByteBuffer.wrap(payload);

  /** How many replies are waited for asleep before one is polled for again. */
  private int sleeps;

  /** When the reply that is waited for is late; 0: none is waited for. */
  private volatile long deadline;

  private volatile boolean late;

  private PythonProcess(Process process, String name, Duration timeout) {
    this.process = process;
    this.timeout = timeout;
    replies = process.getInputStream();
    requests = process.getOutputStream();
    standardError = new StandardError(name, process.getErrorStream());
    standardErrorThread = daemon(standardError, name + " standard error");
    standardErrorThread.start();
    watch =
        WATCH.scheduleWithFixedDelay(
            this::killIfLate, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts an interpreter, in which Gymnasium is then loaded.
   *
   * @param name what its messages in the log begin with
   * @throws PythonRefusal if there is no such interpreter, or it has no Gymnasium of use
   */
  static PythonProcess start(PythonSettings settings, String name)
      throws PythonRefusal, PythonLost {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(settings.interpreter(), "-u", "-c", BOOTSTRAP));
    builder.environment().put("PYGAME_HIDE_SUPPORT_PROMPT", "1");
    PythonProcess python;
    try {
      python = new PythonProcess(builder.start(), name, settings.timeout());
    } catch (IOException e) {
      throw new PythonRefusal("it cannot be started; --python or RELIVE_PYTHON says which to use");
    }
    try {
      python.begin();
      return python;
    } catch (PythonRefusal | PythonLost e) {
      python.close();
      throw e;
    }
  }

  private void begin() throws PythonRefusal, PythonLost {
    byte[] program = program();
    try {
      deadline = System.nanoTime() + timeout.toNanos();
      requests.write((program.length + "\n").getBytes(US_ASCII));
      requests.write(program);
      requests.flush();
    } catch (IOException e) {
      throw lost();
    }
    receive(0);
  }

  private static byte[] program() {
    try (InputStream file = PythonProcess.class.getResourceAsStream("lanes.py")) {
      if (file == null) {
        throw new IllegalStateException("lanes.py is not in the program.");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("lanes.py cannot be read.", e);
    }
  }

  /** Sends a request and waits for its reply. */
  ByteBuffer request(byte kind, Payload request, int largestReply)
      throws PythonRefusal, PythonLost {
    byte[] bytes = request.bytes();
    send(kind, bytes, bytes.length);
    return receive(largestReply);
  }

  /** Sends a request, whose reply is to be {@link #receive received} before the next. */
  void send(byte kind, byte[] request, int length) throws PythonLost {
    standardError.forget();
    deadline = System.nanoTime() + timeout.toNanos();
    try {
      ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(length).put(kind);
      requests.write(header);
      requests.write(request, 0, length);
      requests.flush();
    } catch (IOException e) {
      throw lost();
    }
    deadline = 0;
  }

  /**
   * Waits for the reply.
   *
   * @param largest how many bytes it can have, but for what is said about failures
   * @return its payload, which the next reply overwrites
   * @throws PythonRefusal if it says that the request could not be done
   */
  ByteBuffer receive(int largest) throws PythonRefusal, PythonLost {
    deadline = System.nanoTime() + timeout.toNanos();
    int length;
    try {
      fillHeader();
      length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (length < 0 || length > Math.min(LARGEST_REPLY, largest + (1L << 20))) {
        kill();
        throw new PythonLost(
            "sent a reply of %d bytes where %d are the most".formatted(length, largest));
      }
      if (payload.length < length) {
        payload = new byte[length];
        reply = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
      }
      fill(payload, length);
    } catch (IOException e) {
      throw lost();
    }
    deadline = 0;
    reply.clear().limit(length);
    if (header[HEADER - 1] != DONE) {
      throw new PythonRefusal(Texts.read(reply));
    }
    return reply;
  }

  /** Sleeps where a reply takes long, and is awake when it comes. */
  private void fillHeader() throws IOException {
    if (sleeps > 0) {
      sleeps--;
    } else if (!arrives(NANOS_AWAKE)) {
      sleeps = SLEEPS_AFTER_A_POLL_IN_VAIN;
    }
    fill(header, HEADER);
    if (header[HEADER - 1] == SOON) {
      boolean unused = arrives(NANOS_AWAKE_FOR_WHAT_COMES_SOON);
      fill(header, HEADER);
    }
  }

  /** Polls for a message for a while, since to be woken takes longer. */
  @SuppressWarnings("ThreadPriorityCheck") // Where there is one core, Python needs it.
  private boolean arrives(long nanos) throws IOException {
    long start = System.nanoTime();
    while (replies.available() == 0) {
      if (System.nanoTime() - start > nanos) {
        return false;
      }
      Thread.yield();
    }
    return true;
  }

  private void fill(byte[] bytes, int length) throws IOException {
    if (replies.readNBytes(bytes, 0, length) < length) {
      throw new EOFException();
    }
  }

  private void killIfLate() {
    long due = deadline;
    if (due != 0 && System.nanoTime() - due > 0) {
      late = true;
      kill();
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** How it ended; ends it where only its pipes did. */
  private PythonLost lost() {
    deadline = 0;
    int exitCode = exitCode();
    if (late) {
      return new PythonLost(
          "did not answer within %d seconds and was killed".formatted(timeout.toSeconds()));
    }
    String how =
        exitCode > 128
            ? "was ended by signal " + (exitCode - 128)
            : "ended with exit code " + exitCode;
    String last = standardError.lastLine();
    return new PythonLost(last.isEmpty() || exitCode > 128 ? how : how + ": " + last);
  }

  private int exitCode() {
    try {
      if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
      standardErrorThread.join(TimeUnit.SECONDS.toMillis(1));
      return process.waitFor();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      return 128;
    }
  }

  /** The process's id, for messages and tests. */
  long id() {
    return process.pid();
  }

  /** Asks it to end; {@link #close} waits for that. */
  void askToEnd() {
    try {
      send(CLOSE, new byte[0], 0);
      requests.close();
    } catch (PythonLost | IOException e) {
      // It is no more, which is what was asked for.
      kill();
    }
  }

  /** Does what the end of this process would do to it. */
  void closePipes() throws IOException {
    watch.cancel(false);
    requests.close();
    replies.close();
  }

  /** Ends it, by force when it does not by itself within two seconds. */
  @Override
  public void close() {
    if (process.isAlive()) {
      askToEnd();
    }
    exitCode();
    watch.cancel(false);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
