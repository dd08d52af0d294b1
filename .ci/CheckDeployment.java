import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks that a folder to which Airlock was deployed has what Maven Central requires, except signatures: for each artifact
 * a complete POM, jars of classes, sources and Javadoc, and correct checksums. Prints a line for each problem, and then how
 * many artifacts passed and how many failed.
 */
class CheckDeployment {
    /** The published artifacts with jars. Add new modules here. */
    private static final List<String> JARS = List.of(
            "airlock", "airlock-symbols-api", "airlock-symbols", "airlock-json-form", "airlock-json",
            "airlock-json-jackson2", "airlock-msgpack", "airlock-kotlin", "airlock-cli");

    private static final List<String> POMS = List.of("airlock-parent", "airlock-bom");

    private final List<String> problems = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Path group = Path.of(args[0], "dev", "airlock");
        var published = new TreeMap<String, Boolean>();
        JARS.forEach(artifact -> published.put(artifact, true));
        POMS.forEach(artifact -> published.put(artifact, false));
        int passed = 0;
        int failed = 0;
        for (Map.Entry<String, Boolean> artifact : published.entrySet()) {
            var check = new CheckDeployment();
            check.artifact(group, artifact.getKey(), artifact.getValue());
            check.problems.forEach(problem -> System.err.println(artifact.getKey() + ": " + problem));
            if (check.problems.isEmpty()) {
                passed++;
            } else {
                failed++;
            }
        }
        try (Stream<Path> deployed = Files.list(group)) {
            List<String> others = deployed.map(path -> path.getFileName().toString())
                    .filter(name -> !published.containsKey(name))
                    .toList();
            for (String other : others) {
                System.err.println(other + ": deployed, though it is not published");
                failed++;
            }
        }
        System.out.println(passed + " " + failed);
    }

    private void artifact(Path group, String name, boolean jar) throws Exception {
        Path folder = only(group.resolve(name));
        if (folder == null) {
            return;
        }
        pom(file(folder, name, ".pom"), name);
        if (jar) {
            jar(file(folder, name, ".jar"), ".class");
            jar(file(folder, name, "-sources.jar"), ".java");
            jar(file(folder, name, "-javadoc.jar"), "index.html");
        }
    }

    private Path only(Path artifact) throws IOException {
        if (!Files.isDirectory(artifact)) {
            problems.add("it was not deployed");
            return null;
        }
        try (Stream<Path> versions = Files.list(artifact)) {
            List<Path> folders = versions.filter(Files::isDirectory).toList();
            if (folders.size() != 1) {
                problems.add("expected one version, got " + folders);
                return null;
            }
            return folders.get(0);
        }
    }

    /** Finds one file. The files of a snapshot have the time in their names. */
    private Path file(Path folder, String name, String end) throws Exception {
        String version = folder.getFileName().toString().replace("-SNAPSHOT", "");
        String pattern = java.util.regex.Pattern.quote(name + "-" + version) + "(-[0-9.]+-[0-9]+)?"
                + java.util.regex.Pattern.quote(end);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().matches(pattern))
                    .toList();
            if (found.size() != 1) {
                problems.add("expected one file *" + end + ", got " + found);
                return null;
            }
            checksum(found.get(0), "MD5", ".md5");
            checksum(found.get(0), "SHA-1", ".sha1");
            return found.get(0);
        }
    }

    private void checksum(Path file, String algorithm, String end) throws Exception {
        Path sum = Path.of(file + end);
        String right = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
        if (!Files.exists(sum)) {
            problems.add(sum.getFileName() + " is missing");
        } else if (!Files.readString(sum).strip().equals(right)) {
            problems.add(sum.getFileName() + " is not the checksum of its file");
        }
    }

    private void jar(Path file, String entry) throws IOException {
        if (file == null) {
            return;
        }
        try (var zip = new ZipFile(file.toFile())) {
            if (zip.stream().noneMatch(e -> e.getName().endsWith(entry))) {
                problems.add(file.getFileName() + " has no " + entry);
            }
        }
    }

    private void pom(Path file, String name) throws Exception {
        if (file == null) {
            return;
        }
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element project = pom.getDocumentElement();
        // A POM inherits the rest from its parent.
        boolean inherits = child(project, "parent") != null;
        for (String element : List.of("name", "description", "artifactId")) {
            required(project, element);
        }
        if (!inherits) {
            for (String element : List.of(
                    "groupId", "version", "url", "licenses/license/name", "licenses/license/url",
                    "developers/developer/name", "scm/connection", "scm/url")) {
                required(project, element);
            }
        }
        Element dependencies = child(project, "dependencies");
        if (dependencies != null && Files.readString(file).contains("<systemPath>")) {
            problems.add("a dependency is a file of the machine that built it");
        }
    }

    private void required(Element project, String path) {
        Element element = project;
        for (String step : path.split("/")) {
            element = element == null ? null : child(element, step);
        }
        if (element == null || element.getTextContent().isBlank()) {
            problems.add("the POM has no " + path);
        }
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }
}
