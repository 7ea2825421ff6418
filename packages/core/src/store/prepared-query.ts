import { is, Placeholder, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { toText } from './raw-query.ts';
import type { SqlValue } from './sql-client.ts';

/** A value, or the place where a prepared query takes one. */
export type Bindable = string | Placeholder;

interface Query {
  columns: Record<string, SQL>;
  from: SQL;
}

type Values = Readonly<Record<string, SqlValue>>;
type PreparedRow = (values: Values) => Promise<SqlValue[] | undefined>;

const prepared = new WeakMap<Database, Map<string, PreparedRow>>();

/**
 * Returns the one row of a query, its values in the order of its columns. The text is made only once per
 * database and shape: for a wide read, making it costs more than running it. Whatever differs between
 * calls of one shape is a placeholder.
 */
export function queryPreparedRow(
  database: Database,
  shape: string,
  build: () => Query,
  values: Values,
): Promise<SqlValue[] | undefined> {
  let known = prepared.get(database);
  if (known === undefined) {
    known = new Map();
    prepared.set(database, known);
  }
  let query = known.get(shape);
  if (query === undefined) {
    query = prepare(database, build());
    known.set(shape, query);
  }
  return query(values);
}

/** What stands in the text several times is bound once: binding costs as much as a look-up. */
function prepare(database: Database, { columns, from }: Query): PreparedRow {
  const selected = sql.join(Object.values(columns), sql`, `);
  const query = toText(sql`select ${selected} from ${from}`);
  const { text, parameters } = numbered(query.sql, query.params);
  return (values) => {
    const bound: SqlValue[] = [];
    for (const parameter of parameters) bound.push(parameterValue(parameter, values));
    return firstRow(database, text, bound);
  };
}

/** No promise of its own around the driver's: it is asked with every request of a page. */
function firstRow(
  { session }: Database,
  text: string,
  parameters: readonly SqlValue[],
): Promise<SqlValue[] | undefined> {
  if (session.first !== undefined) return session.first(text, parameters);
  return session.execute(text, parameters).then(({ rows }) => rows[0]);
}

type Parameter = { name: string } | { value: SqlValue };

/** Returns the text with `?1`, `?2` for its parameters, each of them once. */
function numbered(written: string, params: readonly unknown[]) {
  const parts = written.split('?');
  if (parts.length !== params.length + 1) {
    throw new TypeError('a prepared query holds a question mark that is no parameter');
  }
  const numbers = new Map<string, number>();
  const parameters: Parameter[] = [];
  const text = parts.reduce((before, after, position) => {
    const parameter = toParameter(params[position - 1]);
    const key = JSON.stringify(parameter);
    const number = numbers.get(key) ?? parameters.push(parameter);
    numbers.set(key, number);
    return `${before}?${number}${after}`;
  });
  return { text, parameters };
}

function toParameter(parameter: unknown): Parameter {
  if (is(parameter, Placeholder)) return { name: parameter.name };
  if (typeof parameter === 'string' || typeof parameter === 'number' || parameter === null) {
    return { value: parameter };
  }
  throw new TypeError('a query is bound to texts, numbers and nulls only');
}

function parameterValue(parameter: Parameter, values: Values): SqlValue {
  if ('value' in parameter) return parameter.value;
  const value = values[parameter.name];
  if (value === undefined) throw new TypeError(`the query takes a value for ${parameter.name}`);
  return value;
}
