import type { TwinActor, TwinOrganization, TwinTeam } from '../../data/records.ts';
import { connection } from '../connection.ts';
import { dateTime, fieldsOf, unknownFields, type TwinContext } from '../field-table.ts';
import { nodeId } from '../node-id.ts';
import { orderedPlace, pathOf, webUrl } from './shared.ts';
import { repositoriesOf } from './repository.ts';

function profileUrl({ login }: { login: string }, context: TwinContext): string {
  return webUrl(context, login);
}

const actorFields = {
  id: (actor: TwinActor) => nodeId(actor),
  databaseId: ({ id }: TwinActor) => id,
  login: ({ login }: TwinActor) => login,
  createdAt: ({ createdAt }: TwinActor) => dateTime(createdAt),
  updatedAt: ({ createdAt }: TwinActor) => dateTime(createdAt),
  url: (actor: TwinActor, _: unknown, context: TwinContext) => profileUrl(actor, context),
  resourcePath: (actor: TwinActor, _: unknown, context: TwinContext) =>
    pathOf(profileUrl(actor, context), context),
  avatarUrl: {
    accepts: ['size'],
    resolve: ({ id }: TwinActor, _: unknown, context: TwinContext) =>
      webUrl(context, 'avatars', id),
  },
};

export const userFields = fieldsOf<TwinActor>({
  ...actorFields,
  name: ({ name }) => name,
  // The schema has no null here: a hidden address is an empty text.
  email: ({ email }) => email ?? '',
  organizationVerifiedDomainEmails: {
    accepts: ['login'],
    resolve: ({ verifiedEmails }) => verifiedEmails,
  },
  isViewer: (user, _, { data }) => user === data.viewer,
  isSiteAdmin: () => false,
  ...unknownFields('company', 'location', 'bio', 'pronouns', 'websiteUrl'),
  organizations: connection<TwinActor, TwinOrganization>({
    items: (user, _, { data }) =>
      data.organizations.filter(({ members }) => members.some(({ actor }) => actor === user)),
  }),
  repositories: repositoriesOf<TwinActor>(() => []),
});

export const botFields = fieldsOf<TwinActor>(actorFields);

export const mannequinFields = fieldsOf<TwinActor>({
  ...actorFields,
  email: ({ email }) => email,
  claimant: () => null,
});

export const organizationFields = fieldsOf<TwinOrganization>({
  id: (organization) => nodeId(organization),
  databaseId: ({ id }) => id,
  login: ({ login }) => login,
  name: ({ name }) => name,
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ createdAt }) => dateTime(createdAt),
  url: (organization, _, context) => profileUrl(organization, context),
  resourcePath: (organization, _, context) => pathOf(profileUrl(organization, context), context),
  avatarUrl: { accepts: ['size'], resolve: ({ id }, _, context) => webUrl(context, 'avatars', id) },
  viewerIsAMember: ({ members }, _, { data }) => members.some(({ actor }) => actor === data.viewer),
  ...unknownFields('description', 'email', 'location', 'archivedAt', 'websiteUrl'),
  membersWithRole: connection<TwinOrganization, TwinOrganization['members'][number]>({
    items: ({ members }) => members,
    place: ({ actor }) => [actor.id, 0],
    node: ({ actor }) => actor,
    edge: ({ role }) => ({ role, hasTwoFactorEnabled: null }),
  }),
  teams: connection<TwinOrganization, TwinTeam>({
    orders: ['NAME'],
    accepts: ['rootTeamsOnly', 'userLogins'],
    items: ({ teams }, { rootTeamsOnly, userLogins }) =>
      teams
        .filter((team) => rootTeamsOnly !== true || team.parent === null)
        .filter((team) => hasMember(team, userLogins))
        .toSorted(bySlug),
  }),
  team: {
    accepts: ['slug'],
    resolve: ({ teams }, { slug }) => teams.find((team) => team.slug === slug) ?? null,
  },
  repositories: repositoriesOf<TwinOrganization>((organization, { data }) =>
    data.repositories.filter(({ owner }) => owner === organization),
  ),
});

function bySlug(a: TwinTeam, b: TwinTeam): number {
  return a.slug < b.slug ? -1 : 1;
}

function hasMember(team: TwinTeam, logins: readonly string[] | null | undefined): boolean {
  return (
    logins === null ||
    logins === undefined ||
    team.members.some(({ actor }) => logins.includes(actor.login))
  );
}

function childrenOf(team: TwinTeam): TwinTeam[] {
  return team.organization.teams.filter(({ parent }) => parent === team);
}

function descendantsOf(team: TwinTeam): TwinTeam[] {
  return childrenOf(team).flatMap((child) => [child, ...descendantsOf(child)]);
}

type Membership = TwinTeam['members'][number];

/** `ALL` counts members of the teams below as well, as GitHub's default does. */
function membersOf(team: TwinTeam, membership: string | null | undefined): Membership[] {
  const below = membership === 'IMMEDIATE' ? [] : descendantsOf(team);
  const own = membership === 'CHILD_TEAM' ? [] : team.members;
  const found = new Map<TwinActor, Membership>();
  for (const member of [...own, ...below.flatMap(({ members }) => members)]) {
    if (!found.has(member.actor)) found.set(member.actor, member);
  }
  return [...found.values()];
}

function teamUrl({ organization, slug }: TwinTeam, context: TwinContext): string {
  return webUrl(context, 'orgs', organization.login, 'teams', slug);
}

export const teamFields = fieldsOf<TwinTeam>({
  id: (team) => nodeId(team),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  combinedSlug: ({ organization, slug }) => `${organization.login}/${slug}`,
  description: ({ description }) => description,
  privacy: () => 'VISIBLE',
  createdAt: ({ createdAt }) => dateTime(createdAt),
  updatedAt: ({ createdAt }) => dateTime(createdAt),
  url: teamUrlField,
  resourcePath: (team, _, context) => pathOf(teamUrl(team, context), context),
  organization: ({ organization }) => organization,
  parentTeam: ({ parent }) => parent,
  ancestors: connection<TwinTeam, TwinTeam>({
    items: ({ parent }) => {
      const found: TwinTeam[] = [];
      for (let team = parent; team !== null; team = team.parent) found.push(team);
      return found;
    },
  }),
  childTeams: connection<TwinTeam, TwinTeam>({
    accepts: ['immediateOnly'],
    items: (team, { immediateOnly }) =>
      (immediateOnly === false ? descendantsOf(team) : childrenOf(team)).toSorted(bySlug),
  }),
  members: connection<TwinTeam, Membership>({
    accepts: ['membership', 'role'],
    items: (team, { membership, role }) =>
      membersOf(team, membership).filter(
        (member) => role === null || role === undefined || member.role === role,
      ),
    place: ({ actor }) => [actor.id, 0],
    node: ({ actor }) => actor,
    edge: ({ role }) => ({ role }),
  }),
  repositories: connection<TwinTeam, TwinTeam['repositories'][number]>({
    items: ({ repositories }) => repositories.filter(({ isAccessible }) => isAccessible),
    place: (repository, position, args) => orderedPlace(repository, position, args),
    edge: () => ({ permission: 'WRITE' }),
  }),
});

function teamUrlField(team: TwinTeam, _: unknown, context: TwinContext): string {
  return teamUrl(team, context);
}
