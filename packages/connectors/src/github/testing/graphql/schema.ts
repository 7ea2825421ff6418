import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, type GraphQLSchema } from 'graphql';

let built: GraphQLSchema | null = null;

/** Returns GitHub's published schema. */
export function githubSchema(): GraphQLSchema {
  // The published text declares one field twice, which a strict reading would refuse.
  built ??= buildSchema(published.idl, { assumeValidSDL: true });
  return built;
}
