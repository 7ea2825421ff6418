import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';

/** Returns what GitHub's published schema says against documents; empty where all are valid. */
export function refusedDocuments(documents: Iterable<string>): string[] {
  // The published text declares one field twice, which a strict reading would refuse.
  const schema = buildSchema(published.idl, { assumeValidSDL: true });
  return [...documents].flatMap((document) =>
    validate(schema, parse(document)).map(({ message }) => message),
  );
}
