import { defineStream } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { mapTeam } from '../map/map-people.ts';
import { type TeamPayload, teamPayloadSchema } from '../map/people-payload.ts';
import type { PageSource } from '../reading/page-source.ts';
import { graphqlWhoSchema, text, whoOfGraphql } from './graphql-shapes.ts';
import { type PeopleList, readPeople } from './read-people.ts';

const memberSchema = z.object({ role: text, node: graphqlWhoSchema });
const teamSchema = z.object({
  id: z.string(),
  databaseId: z.number().nullish(),
  name: z.string(),
  combinedSlug: z.string(),
  parentTeam: z.object({ databaseId: z.number().nullish() }).nullish(),
  members: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean() }),
    edges: z.array(z.unknown()).nullish(),
  }),
});

// Members of a team below are members of that one; counted here too they would be in two.
const membersArguments = 'membership: IMMEDIATE';
const memberSelection = 'role node { type: __typename login databaseId name }';

function membersOf(teamId: string): PageSource {
  return {
    name: 'TeamMembers',
    declarations: '$id: ID!',
    variables: { id: teamId },
    wrap: (selection) =>
      `node(id: $id) { ... on Team { page: members(first: $first, after: $after, ${membersArguments}) ${selection} } }`,
    path: ['node'],
    plural: 'members of a team',
    isOfEdges: true,
  };
}

const list: PeopleList = {
  plural: 'teams',
  field: 'teams',
  count: ({ teams }) => teams,
  source: (login) => ({
    name: 'Teams',
    declarations: '$login: String!',
    variables: { login },
    wrap: (selection) =>
      `organization(login: $login) { page: teams(first: $first, after: $after) ${selection} }`,
    path: ['organization'],
    plural: 'teams',
  }),
  selection: `id databaseId name combinedSlug parentTeam { databaseId }
    members(first: 50, ${membersArguments}) { pageInfo { hasNextPage endCursor } edges { ${memberSelection} } }`,
  async toRecord(value, more) {
    const team = teamSchema.safeParse(value);
    if (!team.success) return null;
    const { id, databaseId, name, combinedSlug, parentTeam, members } = team.data;
    const edges: unknown[] = [];
    if (members.pageInfo.hasNextPage) {
      for await (const edge of more(membersOf(id), memberSelection)) edges.push(edge);
    } else edges.push(...(members.edges ?? []));
    const parentId = parentTeam?.databaseId;
    const payload: TeamPayload = {
      id: String(databaseId ?? id),
      name,
      slug: combinedSlug,
      parentId: parentId === null || parentId === undefined ? null : String(parentId),
      members: edges.flatMap((edge) => {
        const member = memberSchema.safeParse(edge);
        if (!member.success) return [];
        const { role, node } = member.data;
        return [{ account: whoOfGraphql(node), role: role ?? null }];
      }),
    };
    return { externalId: id, payload };
  },
};

/** Teams of the organization with their own members. They propose teams; they are none. */
export const teams = defineStream<GithubConfig, TeamPayload>({
  id: 'teams',
  title: 'Teams of the organization',
  payloadSchema: teamPayloadSchema,
  appliesTo: (scope) => !isRepositoryScope(scope),
  read: (context, request) => readPeople(list, context, request),
  map: mapTeam,
});
