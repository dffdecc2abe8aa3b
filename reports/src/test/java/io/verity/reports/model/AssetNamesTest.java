package io.verity.reports.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetNamesTest {
    private static ResultTable table(String name) {
        return ResultTable.named(name, "T").number("x", "X", "").build();
    }

    private static List<String> names(String... given) {
        List<ResultTable> tables = Stream.of(given).map(AssetNamesTest::table).toList();
        List<Block> blocks =
                tables.stream().map(t -> (Block) new Block.TableBlock(t)).toList();
        AssetNames names = AssetNames.of(new Report(
                "r", "", List.of(new Section("s", "S", blocks)), new Provenance("0", "17", "os", "java", null)));
        return tables.stream().map(names::next).toList();
    }

    @Test
    void namesAreSafeInFileSystemsAndIds() {
        assertThat(names("runs", "../../etc/passwd", "a b:c", "NUL", "7", "", "Ω"))
                .containsExactly("runs", "etc-passwd", "a-b-c", "table-NUL", "table-7", "table", "table-2");
    }

    @Test
    void namesDifferEvenWhereCaseIsIgnored() {
        assertThat(names("runs", "Runs", "runs", "runs-2")).containsExactly("runs", "Runs-2", "runs-3", "runs-2-2");
    }

    @Test
    void aTableShownTwiceHasTwoNames() {
        ResultTable table = table("runs");
        Block block = new Block.TableBlock(table);
        AssetNames names = AssetNames.of(new Report(
                "r",
                "",
                List.of(new Section("a", "A", List.of(block)), new Section("b", "B", List.of(block))),
                new Provenance("0", "17", "os", "java", null)));
        assertThat(names.next(table)).isEqualTo("runs");
        assertThat(names.next(table)).isEqualTo("runs-2");
        assertThatIllegalArgumentException().isThrownBy(() -> names.next(table));
    }

    @Test
    void aTableOfAnotherReportHasNoName() {
        AssetNames none = AssetNames.of(new Report("r", "", List.of(), new Provenance("0", "17", "os", "java", null)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.next(table("runs")))
                .withMessageContaining("runs");
    }
}
