package io.verity.reports.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.reports.Samples;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FigureSvgTest {
    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(String svg, String tag) throws Exception {
        NodeList found = parse(svg).getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> labels(Figure figure) throws Exception {
        return elements(FigureSvg.inline(figure, "f"), "text").stream()
                .map(Element::getTextContent)
                .toList();
    }

    private static Figure line(Axis x, Axis y, double[] xs, double[] ys) {
        return Figure.named("f", "F", x, y).layer(Mark.LINE, "y", xs, ys).build();
    }

    @Test
    void yearsHaveNoSeparatorOfThousands() throws Exception {
        double[] years = {1928, 1950, 1980};
        Figure figure = line(Axis.linear("year"), Axis.linear("cases"), years, new double[] {1, 2, 3});
        assertThat(labels(figure)).contains("1940").doesNotContain("1,940");
    }

    @Test
    void theSameFigureHasTheSameBytesEachTime() {
        for (Figure figure : List.of(Samples.separation(), Samples.trajectory(4000), Samples.hostileFigure())) {
            assertThat(FigureSvg.inline(figure, "f")).isEqualTo(FigureSvg.inline(figure, "f"));
        }
    }

    /** What the drawing is made of; a change here is a change of how all reports look. */
    @Test
    void theDrawingHasItsParts() throws Exception {
        Map<String, Integer> marks = new TreeMap<>();
        Document svg = parse(FigureSvg.inline(Samples.separation(), "f"));
        NodeList all = svg.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element e = (Element) all.item(i);
            if (!e.getAttribute("class").isEmpty()) {
                marks.merge(e.getTagName() + "." + e.getAttribute("class"), 1, Integer::sum);
            }
        }
        assertThat(marks)
                .containsEntry("svg.fig", 1) // one drawing, nothing nested
                .containsEntry("path.f1", 2) // ribbon, and the dot of the legend
                .containsEntry("circle.f1 s1", 7) // means
                .containsEntry("line.s1", 9) // bars of errors, and one bar and the line of the legend
                .containsEntry("rect.f1", 1) // ribbon in the legend
                .containsEntry("path.s1", 1) // line through the means
                .containsEntry("path.s2", 1) // bound
                .containsEntry("line.s2", 1) // bound in the legend
                .containsEntry("line.sink", 2); // reference line, and in the legend
        assertThat(svg.getDocumentElement().getAttribute("viewBox")).startsWith("0 0 480 ");
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo("Separation time against step size");
    }

    @Test
    void textStaysTextAndFormulasBecomePlain() throws Exception {
        assertThat(labels(Samples.separation()))
                .contains("step size γ", "iterations to separation", "measured", "bound", "batch perceptron")
                .contains("0.01", "10,000", "100");
    }

    @Test
    void labelsCannotBreakOut() throws Exception {
        String svg = FigureSvg.standalone(Samples.hostileFigure(), "f");
        assertThat(elements(svg, "script")).isEmpty();
        assertThat(elements(svg, "img")).isEmpty();
        assertThat(labels(Samples.hostileFigure())).contains("x <img src=x onerror=alert(1)>", "<svg onload=alert(1)>");
    }

    @Test
    void everyIdBeginsWithTheGivenNameAndIsReferredTo() throws Exception {
        String svg = FigureSvg.inline(Samples.trajectory(4000), "LS-05-x");
        Matcher ids = Pattern.compile(" id=\"([^\"]*)\"").matcher(svg);
        List<String> found = new ArrayList<>();
        while (ids.find()) {
            found.add(ids.group(1));
        }
        assertThat(found).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.startsWith("LS-05-x-"));
        assertThat(found).allMatch(id -> svg.contains("url(#" + id + ")"));
    }

    @Test
    void everyColourFollowsThePage() throws Exception {
        NodeList all = parse(FigureSvg.inline(Samples.trajectory(4000), "f")).getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element e = (Element) all.item(i);
            for (String paint : List.of("fill", "stroke")) {
                String value = e.getAttribute(paint);
                if (!value.isEmpty() && !value.equals("none")) {
                    assertThat(e.getAttribute("class"))
                            .as(e.getTagName() + " " + value)
                            .contains(paint.substring(0, 1));
                    assertThat(value).doesNotStartWith("#0102");
                }
            }
        }
    }

    @Test
    void panelsStandBelowEachOtherWithTheirNamesAsLabels() throws Exception {
        assertThat(labels(Samples.trajectory(4000))).contains("loss", "misclassified + 1", "iteration t + 1");
        assertThat(labels(Samples.trajectory(4000)).stream().filter("iteration t + 1"::equals))
                .hasSize(1);
    }

    @Test
    void aLogarithmicAxisLeavesOutWhatHasNoPlace() throws Exception {
        Figure figure = line(Axis.linear("x"), Axis.log10("y"), new double[] {1, 2, 3, 4, 5}, new double[] {
            1e-300, 0, -1, Double.NaN, 1
        });
        assertThat(DrawnPoints.of(figure).layers().get(0).x()).containsExactly(1, 5);
        assertThat(labels(figure)).contains("10⁻³⁰⁰", "10⁻¹⁰⁰", "1");
    }

    @Test
    void aFigureWithoutAnythingToDrawIsStillDrawn() throws Exception {
        double[] none = {};
        assertThat(labels(line(Axis.linear("x"), Axis.log10("y"), none, none))).contains("x", "y");
        assertThat(labels(line(Axis.log10("x"), Axis.log10("y"), new double[] {-1}, new double[] {Double.NaN})))
                .contains("x", "y");
        assertThat(labels(line(Axis.log10("x"), Axis.log10("y"), new double[] {5}, new double[] {7})))
                .contains("x", "y");
    }

    @Test
    void everyMarkIsDrawn() throws Exception {
        double[] x = {1, 2, 3};
        double[] y = {2, 3, 4};
        for (Mark mark : Mark.values()) {
            Figure figure = Figure.named("f", "F", Axis.linear("x"), Axis.linear("y"))
                    .layer(new Figure.Layer(mark, "series", "", x, y, new double[] {1, 2, 3}, new double[] {3, 4, 5}))
                    .build();
            String colour = Palette.styles(figure).get("series").cssName();
            String svg = FigureSvg.inline(figure, "f");
            assertThat(svg.split("class=\"[^\"]*[sf]" + colour + "[ \"]").length - 1)
                    .as(mark.toString())
                    .isGreaterThanOrEqualTo(2); // in the axes and in the legend
        }
    }

    @Test
    void aBandAtOnePositionIsABar() throws Exception {
        Figure figure = Figure.named("f", "F", Axis.linear("x"), Axis.linear("y"))
                .layer(new Figure.Layer(
                        Mark.RIBBON, "s", "", new double[] {200}, new double[] {2}, new double[] {1}, new double[] {3}))
                .build();
        assertThat(elements(FigureSvg.inline(figure, "f"), "line").stream()
                        .filter(e -> e.getAttribute("class").equals("s1")))
                .hasSize(1);
    }

    @Test
    void longCurvesAreThinnedWithoutLosingTheirPeaks() {
        int n = 20_000;
        double[] x = IntStream.range(0, n).asDoubleStream().toArray();
        double[] y = new double[n];
        y[12_345] = 1;
        y[17_000] = -2;
        Figure.Layer drawn = DrawnPoints.of(line(Axis.linear("x"), Axis.linear("y"), x, y))
                .layers()
                .get(0);
        assertThat(drawn.x()).hasSizeLessThan(50).contains(0, 12_345, 17_000, n - 1);
        assertThat(drawn.y()).contains(1, -2);
    }

    @Test
    void staircasesKeepTheirStairs() {
        double[] x = IntStream.range(0, 5000).asDoubleStream().toArray();
        double[] y = IntStream.range(0, 5000).mapToDouble(i -> i / 1000).toArray();
        Figure figure = Figure.named("f", "F", Axis.linear("x"), Axis.linear("y"))
                .layer(Mark.STEP, "s", x, y)
                .build();
        assertThat(DrawnPoints.of(figure).layers().get(0).x()).containsExactly(0, 1000, 2000, 3000, 4000, 4999);
    }

    @Test
    void ticksOfLogarithmicAxesAreFewAndReadable() {
        assertThat(Ticks.logarithmic(1, 1000)).containsExactly(1.0, 10.0, 100.0, 1000.0);
        assertThat(Ticks.logarithmic(3, 70)).containsExactly(5.0, 10.0, 20.0, 50.0);
        assertThat(Ticks.logarithmic(2, 700)).containsExactly(3.0, 10.0, 30.0, 100.0, 300.0);
        assertThat(Ticks.logarithmic(1e-300, 1)).hasSizeBetween(3, 7).contains(1.0);
        assertThat(Ticks.logarithmic(3.1, 4.9)).containsExactly(3.5, 4.0, 4.5);
        assertThat(Ticks.logarithmic(2.85e-7, 3.25e-7)).containsExactly(2.9e-7, 3e-7, 3.1e-7, 3.2e-7);
    }

    @Test
    void labelsOfOneAxisAreAllPlainOrAllPowers() {
        assertThat(Ticks.labels(List.of(0.001, 0.5, 20.0, 1000.0, 20000.0)))
                .containsExactly("0.001", "0.5", "20", "1,000", "20,000");
        assertThat(Ticks.labels(List.of(1234.5))).containsExactly("1,234.5");
        assertThat(Ticks.labels(List.of(1e-4, 1e-3, 1.0, 100.0))).containsExactly("10⁻⁴", "10⁻³", "10⁰", "10²");
        assertThat(Ticks.labels(List.of(2e-5, 3.5e-5, 1e-4))).containsExactly("2·10⁻⁵", "3.5·10⁻⁵", "10⁻⁴");
    }

    /** Labels wider apart than they are wide, over ranges of every length and place. */
    @Test
    void labelsOfLogarithmicAxesKeepApart() {
        double room = PlotSpec.WIDTH - 80;
        for (double low = 1e-6; low < 1e5; low *= 2.3) {
            for (double high = 1.05 * low; high < 1e9; high *= 1.7) {
                List<Double> ticks = Ticks.logarithmic(low, high);
                List<String> labels = Ticks.labels(ticks);
                assertThat(ticks).as("%s to %s", low, high).hasSizeBetween(2, 7);
                for (int k = 1; k < ticks.size(); k++) {
                    double gap = room * Math.log(ticks.get(k) / ticks.get(k - 1)) / Math.log(high / low);
                    assertThat(gap)
                            .as("%s and %s of %s to %s", labels.get(k - 1), labels.get(k), low, high)
                            .isGreaterThan(0.5 * (Legend.width(labels.get(k - 1)) + Legend.width(labels.get(k))) + 4);
                }
            }
        }
    }

    /** WCAG 2.1: graphical objects need a contrast of 3:1 with what is next to them, text of 4.5:1. */
    @Test
    void coloursStandOutOnLightAndOnDarkPaper() {
        for (boolean dark : new boolean[] {false, true}) {
            Map<String, String> colours = new TreeMap<>();
            for (String declaration : FigureSvg.variables(dark).split(";")) {
                colours.put(declaration.split(":")[0], declaration.split(":")[1]);
            }
            String paper = colours.remove("--fig-paper");
            colours.remove("--fig-grid");
            colours.forEach((name, colour) -> assertThat(contrast(colour, paper))
                    .as("%s %s on %s", name, colour, paper)
                    .isGreaterThan(name.equals("--fig-ink") ? 4.5 : 3));
        }
    }

    private static double contrast(String a, String b) {
        double x = luminance(a);
        double y = luminance(b);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }

    private static double luminance(String hex) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(1 + 2 * i, 3 + 2 * i).toLowerCase(Locale.ROOT), 16) / 255.0;
            sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void theFirstLineIsSolidWhateverDotsStandBeforeIt() {
        double[] x = {0, 1};
        Figure figure = Figure.named("f", "F", Axis.linear("x"), Axis.linear("y"))
                .layer(Mark.POINT, "dots", x, x)
                .layer(Mark.LINE, "bound", x, x)
                .layer(Mark.LINE, "other", x, x)
                .build();
        assertThat(Palette.styles(figure).get("bound").dash()).isEqualTo("solid");
        assertThat(Palette.styles(figure).get("other").dash()).isEqualTo("dashed");
    }

    @Test
    void colourIsNeverTheOnlyDistinction() {
        Figure.Builder figure = Figure.named("f", "F", Axis.linear("x"), Axis.linear("y"));
        for (int i = 0; i < 12; i++) {
            figure.layer(Mark.LINE, "s" + i, new double[] {0, 1}, new double[] {i, i});
        }
        List<Palette.Style> styles = List.copyOf(Palette.styles(figure.build()).values());
        assertThat(styles).doesNotHaveDuplicates();
        for (int i = 1; i < styles.size(); i++) {
            assertThat(styles.get(i).dash()).isNotEqualTo(styles.get(i - 1).dash());
            assertThat(styles.get(i).marker()).isNotEqualTo(styles.get(i - 1).marker());
        }
    }
}
