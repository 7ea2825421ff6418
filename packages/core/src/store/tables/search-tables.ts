import type { ColumnKit } from '../column-kit.ts';

/**
 * What is found by words. The words themselves stand in a full-text table beside these, which a
 * hand-written migration makes; the texts stand where they came from.
 */
export function searchTables(kit: ColumnKit) {
  const { table, text, integer, instant, index, unique, primaryKey } = kit;
  return {
    /** What was written and waits to be indexed; kept a day longer, to tell how long it waited. */
    searchMarks: table(
      'search_marks',
      {
        workspaceId: text().notNull(),
        kind: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        submittedAt: instant().notNull(),
        /** Null while it waits. */
        indexedAt: instant(),
        /** Rises with each mark, so that one made meanwhile is not taken for one already dealt with. */
        times: integer().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.kind, t.source, t.externalId] }),
        index('search_marks_waiting').on(t.workspaceId, t.indexedAt),
      ],
    ),
    /** Which forms of texts the index was made with; where they differ it is made anew. */
    searchStates: table('search_states', {
      workspaceId: text().primaryKey(),
      form: text().notNull(),
    }),
    /** One part of one thing that can be found, without its text. */
    searchEntries: table(
      'search_entries',
      {
        /** The row of the full-text table. A number of its own: a rowid may change when a file is compacted. */
        id: integer().primaryKey(),
        workspaceId: text().notNull(),
        kind: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        part: integer().notNull(),
        title: text().notNull(),
        heading: text().notNull(),
        path: text().notNull(),
        /** The repository or project it lies in, where it lies in one. */
        place: text(),
        lineFrom: integer(),
        lineTo: integer(),
        /** Who may find it: everybody of the workspace, of the team, or nobody but the owner. */
        visibility: text().$type<'workspace' | 'team' | 'private'>().notNull(),
        ownerPersonId: text(),
        teamId: text(),
        updatedAt: instant(),
        contentHash: text().notNull(),
      },
      (t) => [
        unique('search_entries_key').on(t.workspaceId, t.kind, t.source, t.externalId, t.part),
      ],
    ),
  };
}
