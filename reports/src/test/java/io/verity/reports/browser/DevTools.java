package io.verity.reports.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven through the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/)
 * with what the JDK has. Remembers what the page asked the network for and complained about.
 */
public final class DevTools implements AutoCloseable {
    /** For a machine that is busy with other things: what hangs is to fail some day, and nothing slow is to fail. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Process process;
    private final Path profile;
    private final Path output;
    private final WebSocket socket;
    private final String session;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /** Collects the pieces of messages and hands them on; the protocol needs one more request after each piece. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** @return the browser's program, if this machine has one */
    public static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public DevTools(Path program) throws Exception {
        profile = Files.createTempDirectory("verity-browser");
        output = profile.resolve("output");
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-gpu-watchdog",
                        "--disable-hang-monitor",
                        "--no-zygote",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            List<String> port = port();
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1)), new Listener())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            String target = call(null, "Target.createTarget", Map.of("url", "about:blank"))
                    .path("targetId")
                    .asText();
            session = call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                    .path("sessionId")
                    .asText();
            for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
                call(domain + ".enable", Map.of());
            }
            call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Waits until the browser has written which port it listens on. */
    private List<String> port() throws Exception {
        Path file = profile.resolve("DevToolsActivePort");
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos() && process.isAlive()) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() == 2) {
                    return lines;
                }
            }
            Thread.sleep(20);
        }
        throw failure("names no port");
    }

    private IllegalStateException failure(String what) throws IOException {
        String state = process.isAlive() ? "is running" : "ended with " + process.exitValue();
        return new IllegalStateException("the browser " + what + "; it " + state + " and said: "
                + Files.readString(output, StandardCharsets.ISO_8859_1));
    }

    private void received(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.has("id")) {
                CompletableFuture<JsonNode> waiting =
                        pending.remove(message.path("id").asInt());
                if (waiting != null) {
                    waiting.complete(message);
                }
            } else {
                events.add(message);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        return call(session, method, parameters);
    }

    private JsonNode call(String inSession, String method, Map<String, ?> parameters) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (inSession != null) {
            message.put("sessionId", inSession);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        socket.sendText(JSON.writeValueAsString(message), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture.anyOf(answer, process.onExit()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!answer.isDone()) {
            throw failure("does not answer " + method);
        }
        JsonNode result = answer.get();
        if (result.has("error")) {
            throw new IllegalStateException(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    /** Opens a page and waits until it has loaded; forgets what happened before. */
    public void open(String url) throws Exception {
        // From a blank page, because going to another anchor of the same page loads nothing.
        load("about:blank");
        load(url);
        // Two frames: styles applied, anchors scrolled to.
        evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1))))");
    }

    /** Waits for the event of this very navigation: one of an earlier page may come late. */
    private void load(String url) throws Exception {
        events.clear();
        JsonNode started = call("Page.navigate", Map.of("url", url));
        String loader = started.path("loaderId").asText();
        if (started.has("errorText") || loader.isEmpty()) {
            throw new IllegalStateException(url + " was not opened: " + started);
        }
        long start = System.nanoTime();
        while (events.stream().noneMatch(e -> isLoad(e, loader))) {
            if (System.nanoTime() - start > PATIENCE.toNanos() || !process.isAlive()) {
                throw failure("did not load " + url + ", but told " + events);
            }
            Thread.sleep(10);
        }
    }

    private static boolean isLoad(JsonNode event, String loader) {
        JsonNode p = event.path("params");
        return event.path("method").asText().equals("Page.lifecycleEvent")
                && p.path("name").asText().equals("load")
                && p.path("loaderId").asText().equals(loader);
    }

    /** The value of an expression in the page; promises are waited for. */
    public JsonNode evaluate(String expression) throws Exception {
        JsonNode result = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(result.path("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    public void screen(int width, int height, boolean phone) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    public void colours(String scheme) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Presses a key in the focused element. */
    public void press(String key, int code) throws Exception {
        for (String type : List.of("keyDown", "keyUp")) {
            Map<String, Object> event = new HashMap<>(Map.of("type", type, "key", key, "code", key));
            event.put("windowsVirtualKeyCode", code);
            if (type.equals("keyDown") && key.equals("Enter")) {
                event.put("text", "\r");
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    public byte[] screenshot() throws Exception {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    public byte[] pdf() throws Exception {
        return Base64.getDecoder()
                .decode(call("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true))
                        .path("data")
                        .asText());
    }

    /** What was logged as an error, thrown and not caught, or refused by the page's policy. */
    public List<String> complaints() {
        List<String> found = new ArrayList<>();
        for (JsonNode event : events) {
            String method = event.path("method").asText();
            JsonNode p = event.path("params");
            if (method.equals("Runtime.exceptionThrown")
                    || method.equals("Runtime.consoleAPICalled")
                            && p.path("type").asText().matches("error|warning|assert")
                    || method.equals("Log.entryAdded")
                            && p.path("entry").path("level").asText().matches("error|warning")) {
                found.add(p.toString());
            }
        }
        return found;
    }

    /** Addresses of everything that was asked for, the page itself and inline data aside. */
    public List<String> requests(String page) {
        return events.stream()
                .filter(e -> e.path("method").asText().equals("Network.requestWillBeSent"))
                .map(e -> e.path("params").path("request").path("url").asText())
                .filter(url -> !url.startsWith("data:") && !url.split("#")[0].equals(page))
                .map(url -> url.toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public void close() throws Exception {
        if (socket != null) {
            socket.abort();
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that the browser let go of may still write to its profile; the folder for temporary files is
            // cleared by the system.
            profile.toFile().deleteOnExit();
        }
    }
}
