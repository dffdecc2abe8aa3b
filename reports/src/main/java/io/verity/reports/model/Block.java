package io.verity.reports.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.List;

/** One thing in a section. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Block.Paragraph.class, name = "paragraph"),
    @JsonSubTypes.Type(value = Block.Listing.class, name = "listing"),
    @JsonSubTypes.Type(value = Block.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = Block.TableBlock.class, name = "table"),
    @JsonSubTypes.Type(value = Block.FigureBlock.class, name = "figure"),
    @JsonSubTypes.Type(value = KeyValues.class, name = "keyValues"),
    @JsonSubTypes.Type(value = Scoreboard.class, name = "scoreboard"),
    @JsonSubTypes.Type(value = VerdictCard.class, name = "verdictCard")
})
public sealed interface Block
        permits Block.Paragraph,
                Block.Listing,
                Block.Notice,
                Block.TableBlock,
                Block.FigureBlock,
                KeyValues,
                Scoreboard,
                VerdictCard {

    /** @return tables that the block shows */
    default List<ResultTable> tables() {
        return List.of();
    }

    /** @return figures that the block shows */
    default List<Figure> figures() {
        return List.of();
    }

    /**
     * Running text.
     *
     * @param text plain text; formulas in LaTeX between {@code \(} and {@code \)} or, displayed, {@code \[} and {@code \]}
     */
    record Paragraph(String text) implements Block {}

    /**
     * Lines as a terminal shows them, their columns aligned.
     *
     * @param text plain text
     */
    record Listing(String text) implements Block {}

    /**
     * Something that the reader must not miss.
     *
     * @param text plain text, a sentence or two
     */
    record Notice(String text) implements Block {}

    /**
     * A table.
     *
     * @param table what to show
     */
    record TableBlock(ResultTable table) implements Block {
        @Override
        public List<ResultTable> tables() {
            return List.of(table);
        }
    }

    /**
     * A figure.
     *
     * @param figure what to draw
     */
    record FigureBlock(Figure figure) implements Block {
        @Override
        public List<Figure> figures() {
            return List.of(figure);
        }
    }
}
