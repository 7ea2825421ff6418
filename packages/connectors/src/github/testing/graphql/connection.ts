import { z } from 'zod';
import type { FieldArguments, FieldEntry, TwinContext } from './field-table.ts';
import { GithubGraphqlError, NotImitated } from './errors.ts';

/** Where an item stands in its list; cursors carry it, so that a page goes on at a value. */
const placeSchema = z.tuple([z.union([z.number(), z.string()]), z.number()]).readonly();
export type Place = z.infer<typeof placeSchema>;

export interface ConnectionDefinition<Source, Item> {
  /** Arguments that are honoured beside those of paging. */
  accepts?: readonly string[];
  /** Values of `orderBy.field` that are honoured; with any, `orderBy` is accepted. */
  orders?: readonly string[];
  items: (source: Source, args: FieldArguments, context: TwinContext) => readonly Item[];
  /** Default: in the order of `items`. */
  place?: (item: Item, position: number, args: FieldArguments) => Place;
  /** What stands in `nodes`. Default: the item. */
  node?: (item: Item, source: Source, context: TwinContext) => unknown;
  /** Further fields of an edge, such as the role of a member. */
  edge?: (item: Item, context: TwinContext) => Readonly<Record<string, unknown>>;
  /** Further fields of the connection. */
  more?: (page: Page<Item>, source: Source) => Readonly<Record<string, unknown>>;
  /** Told of each page that is read. */
  onPage?: (page: Page<Item>, source: Source, args: FieldArguments, context: TwinContext) => void;
}

interface Page<Item> {
  items: readonly Item[];
  /** How many lie between the cursors that were given. */
  betweenCursors: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/** What the tables of connection types read. */
export interface Connection {
  totalCount: number;
  nodes: readonly unknown[];
  edges: readonly { cursor: string; node: unknown; more: Readonly<Record<string, unknown>> }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  more: Readonly<Record<string, unknown>>;
}

const cursorPrefix = 'cursor:twin:';

function cursorOf(place: Place): string {
  return Buffer.from(`${cursorPrefix}${JSON.stringify(place)}`).toString('base64');
}

function placeOf(cursor: string, argument: string): Place {
  const text = Buffer.from(cursor, 'base64').toString();
  if (text.startsWith(cursorPrefix)) {
    const read = placeSchema.safeParse(JSON.parse(text.slice(cursorPrefix.length)));
    if (read.success) return read.data;
  }
  throw new GithubGraphqlError(
    'INVALID_CURSOR_ARGUMENTS',
    `\`${cursor.slice(0, 40)}\` does not appear to be a valid cursor (\`${argument}\`).`,
  );
}

function compare([a, aTie]: Place, [b, bTie]: Place): number {
  if (a === b) return aTie - bTie;
  return a < b ? -1 : 1;
}

interface Placed<Item> {
  item: Item;
  place: Place;
}

function sorted<Item>(placed: readonly Placed<Item>[], isDescending: boolean): Placed<Item>[] {
  const sign = isDescending ? -1 : 1;
  return placed.toSorted((a, b) => sign * compare(a.place, b.place));
}

function pageOf<Item>(
  all: readonly Placed<Item>[],
  args: FieldArguments,
  isDescending: boolean,
): { page: readonly Placed<Item>[] } & Omit<Page<Item>, 'items'> {
  const sign = isDescending ? -1 : 1;
  let from = 0;
  let to = all.length;
  if (typeof args.after === 'string') {
    const after = placeOf(args.after, 'after');
    from = all.findIndex(({ place }) => sign * compare(place, after) > 0);
    if (from < 0) from = all.length;
  }
  if (typeof args.before === 'string') {
    const before = placeOf(args.before, 'before');
    const found = all.findIndex(({ place }) => sign * compare(place, before) >= 0);
    if (found >= 0) to = found;
  }
  const betweenCursors = Math.max(0, to - from);
  if (typeof args.skip === 'number') from += args.skip;
  if (typeof args.first === 'number') to = Math.min(to, from + args.first);
  else if (typeof args.last === 'number') from = Math.max(from, to - args.last);
  // Allowed where only the total is asked for.
  else to = from;
  return {
    page: all.slice(from, to),
    betweenCursors,
    hasNextPage: to < all.length,
    hasPreviousPage: from > 0,
  };
}

/** Returns a field that answers with pages of a list, as GitHub's connections do. */
export function connection<Source, Item>(
  definition: ConnectionDefinition<Source, Item>,
): FieldEntry<Source> {
  const { accepts = [], orders = [], place = (_, position) => [position, 0] } = definition;
  return {
    accepts: [
      ...['first', 'last', 'after', 'before'],
      ...(orders.length > 0 ? ['orderBy'] : []),
      ...accepts,
    ],
    resolve(source, args, context) {
      const order = args.orderBy?.field;
      if (order !== undefined && !orders.includes(order)) {
        throw new NotImitated(`the order ${order}`);
      }
      const items = definition.items(source, args, context);
      const placed = items.map((item, position) => ({ item, place: place(item, position, args) }));
      const isDescending = args.orderBy?.direction === 'DESC';
      const isInOrder = definition.place === undefined && !isDescending;
      const all = isInOrder ? placed : sorted(placed, isDescending);
      const { page, ...ends } = pageOf(all, args, isDescending);
      const shown = { items: page.map(({ item }) => item), ...ends };
      context.weight += 2 + page.length;
      definition.onPage?.(shown, source, args, context);
      const node = definition.node ?? ((item: Item): unknown => item);
      const edges = page.map(({ item, place: at }) => ({
        cursor: cursorOf(at),
        node: node(item, source, context),
        more: definition.edge?.(item, context) ?? {},
      }));
      const built: Connection = {
        totalCount: items.length,
        nodes: edges.map((edge) => edge.node),
        edges,
        pageInfo: {
          hasNextPage: ends.hasNextPage,
          hasPreviousPage: ends.hasPreviousPage,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
        more: definition.more?.(shown, source) ?? {},
      };
      return built;
    },
  };
}
