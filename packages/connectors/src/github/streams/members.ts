import { defineStream } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { mapMember } from '../map/map-people.ts';
import { type MemberPayload, memberPayloadSchema } from '../map/people-payload.ts';
import { text } from './graphql-shapes.ts';
import { type PeopleList, readPeople } from './read-people.ts';

const edgeSchema = z.object({
  role: text,
  node: z.object({
    id: z.string(),
    databaseId: z.number().nullish(),
    login: z.string(),
    name: text,
    organizationVerifiedDomainEmails: z.array(z.string()).nullish(),
  }),
});

const list: PeopleList = {
  plural: 'members',
  field: 'membersWithRole',
  count: ({ members }) => members,
  source: (login) => ({
    name: 'Members',
    declarations: '$login: String!',
    variables: { login },
    wrap: (selection) =>
      `organization(login: $login) { page: membersWithRole(first: $first, after: $after) ${selection} }`,
    path: ['organization'],
    plural: 'members',
    isOfEdges: true,
  }),
  selection:
    'role node { id databaseId login name organizationVerifiedDomainEmails(login: $login) }',
  async toRecord(value) {
    const edge = edgeSchema.safeParse(value);
    if (!edge.success) return null;
    const { role, node } = edge.data;
    const { id, databaseId, login, name } = node;
    const payload: MemberPayload = {
      account: {
        id: databaseId === null || databaseId === undefined ? null : String(databaseId),
        login,
        type: 'User',
        name: name ?? null,
      },
      role: role ?? null,
      verifiedEmails: node.organizationVerifiedDomainEmails ?? [],
    };
    return { externalId: id, payload };
  },
};

/** Members of the organization, with addresses at its verified domains. */
export const members = defineStream<GithubConfig, MemberPayload>({
  id: 'members',
  title: 'Members of the organization',
  payloadSchema: memberPayloadSchema,
  appliesTo: (scope) => !isRepositoryScope(scope),
  read: (context, request) => readPeople(list, context, request),
  map: mapMember,
});
