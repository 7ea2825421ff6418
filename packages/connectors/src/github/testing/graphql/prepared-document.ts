import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  isAbstractType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { NotImitated } from './errors.ts';
import { fieldEntry, isImitated } from './field-tables.ts';
import { githubSchema } from './schema.ts';

/** A request text that has been read and held against the schema. */
export type PreparedDocument = {
  document: DocumentNode;
  errors: readonly GraphQLError[];
  notImitated: string | null;
};

const known = new Map<string, PreparedDocument>();
const knownLimit = 200;

/**
 * Reads a request text.
 *
 * @throws GraphQLError where it is not GraphQL.
 */
export function prepareDocument(text: string): PreparedDocument {
  const before = known.get(text);
  if (before !== undefined) return before;
  const document = parse(text);
  const errors = validate(githubSchema(), document);
  const notImitated = errors.length === 0 ? firstGap(document) : null;
  const prepared = { document, errors, notImitated };
  if (known.size >= knownLimit) known.clear();
  known.set(text, prepared);
  return prepared;
}

/** Returns what the twin could not answer, before anything is executed. */
function firstGap(document: DocumentNode): string | null {
  const info = new TypeInfo(githubSchema());
  let gap: string | null = null;
  const enter = (node: FieldNode): void => {
    const parent = info.getParentType();
    if (gap !== null || parent === null || parent === undefined) return;
    if (node.name.value.startsWith('__')) return;
    gap = gapOf(parent.name, node, isAbstractType(parent) ? possibleTypes(parent.name) : null);
  };
  visit(document, visitWithTypeInfo(info, { Field: enter }));
  return gap;
}

function possibleTypes(name: string): string[] {
  const schema = githubSchema();
  const type = schema.getType(name);
  if (!isAbstractType(type)) return [];
  return schema.getPossibleTypes(type).map((possible) => possible.name);
}

function gapOf(parent: string, node: FieldNode, possible: readonly string[] | null): string | null {
  try {
    if (possible === null) {
      checkField(parent, node);
      return null;
    }
    // Of an interface only the types that can occur here are asked; `NotImitated` waits at run time.
    const occurring = possible.filter(isImitated);
    const answering = occurring.filter((name) => answers(name, node.name.value));
    if (answering.length === 0) throw new NotImitated(`the field ${parent}.${node.name.value}`);
    for (const name of answering) checkField(name, node);
    return null;
  } catch (error) {
    if (error instanceof NotImitated) return error.message;
    throw error;
  }
}

function answers(typeName: string, field: string): boolean {
  try {
    fieldEntry(typeName, field);
    return true;
  } catch (error) {
    if (error instanceof NotImitated) return false;
    throw error;
  }
}

function checkField(typeName: string, node: FieldNode): void {
  const { accepts } = fieldEntry(typeName, node.name.value);
  const refused = node.arguments?.find(({ name }) => !accepts.includes(name.value));
  if (refused !== undefined) {
    throw new NotImitated(`the argument ${refused.name.value} of ${typeName}.${node.name.value}`);
  }
}
