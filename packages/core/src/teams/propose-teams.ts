import type { AccountGroup, Membership, RepositoryOwner, Team } from '../domain.ts';

/** Something that a source suggests about teams. Nothing changes until a person accepts it. */
export interface TeamProposal {
  /** Says what is proposed, so that the same proposal has the same id after every sync. */
  id: string;
  kind: 'team' | 'member' | 'former_member' | 'repository_owner';
  /** The proposal as a question for a person. */
  message: string;
  team: { id: string | null; key: string; name: string };
  /** For a team whom it would begin with, else the one it is about. */
  people: { id: string; displayName: string }[];
  repository: { source: string; externalId: string; name: string } | null;
  /** The group that proposes it. */
  group: { source: string; externalId: string };
}

export interface ProposalInput {
  groups: readonly AccountGroup[];
  /** People among the members of groups; bots and unknown accounts are left out. */
  members: readonly {
    source: string;
    groupExternalId: string;
    personId: string;
    displayName: string;
  }[];
  owners: readonly RepositoryOwner[];
  repositories: readonly { source: string; externalId: string; name: string }[];
  teams: readonly Team[];
  teamGroups: readonly { source: string; groupExternalId: string; teamId: string }[];
  memberships: readonly (Membership & { displayName: string })[];
  /** Repositories that have an owner, as `source\nexternalId`. */
  owned: ReadonlySet<string>;
  /** Proposals that somebody has answered and not taken back. */
  dismissed: ReadonlySet<string>;
}

/** A team that only an ownership file names counts as a group of this source. */
export const ownersFileSource = 'codeowners';
const teamOwner = /^@[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)+$/;

/** Returns what is proposed: teams with parents first, then people, then owners. Pure. */
export function proposeTeams(input: ProposalInput): TeamProposal[] {
  const groups = parentsFirst([...input.groups, ...groupsOfOwners(input)]);
  const teamById = new Map(input.teams.map((team) => [team.id, team]));
  const teamIdByGroup = new Map(
    input.teamGroups.map((link) => [`${link.source}\n${link.groupExternalId}`, link.teamId]),
  );
  const teamOf = (group: AccountGroup): Team | undefined =>
    teamById.get(teamIdByGroup.get(keyOf(group)) ?? '');
  const proposals: TeamProposal[] = [];
  for (const group of groups) {
    const team = teamOf(group);
    if (team === undefined) proposals.push(proposeTeam(group, input));
    else proposals.push(...proposeMembers(group, team, input));
  }
  proposals.push(...proposeOwners(groups, teamOf, input));
  return proposals.filter(({ id }) => !input.dismissed.has(id));
}

function proposeTeam(group: AccountGroup, input: ProposalInput): TeamProposal {
  const people = membersOf(group, input);
  const key = teamKeyOf(group);
  const existing = input.teams.find((team) => team.key === key);
  const size = people.length === 1 ? '1 person' : `${people.length} people`;
  return {
    id: `team:${group.source}:${group.externalId}`,
    kind: 'team',
    message:
      existing === undefined
        ? `Make ${group.slug} a team, with ${size}?`
        : `Is ${group.slug} the team ${existing.name}, with ${size}?`,
    team: { id: existing?.id ?? null, key, name: existing?.name ?? group.name },
    people,
    repository: null,
    group: { source: group.source, externalId: group.externalId },
  };
}

function proposeMembers(group: AccountGroup, team: Team, input: ProposalInput): TeamProposal[] {
  const { id, key, name } = team;
  const current = new Map(
    input.memberships
      .filter(({ teamId, toDay }) => teamId === id && toDay === null)
      .map(({ personId, displayName }) => [personId, displayName]),
  );
  const members = membersOf(group, input);
  const proposal = (
    kind: 'member' | 'former_member',
    person: TeamProposal['people'][number],
    message: string,
  ): TeamProposal => ({
    id: `${kind}:${id}:${person.id}`,
    kind,
    message,
    team: { id, key, name },
    people: [person],
    repository: null,
    group: { source: group.source, externalId: group.externalId },
  });
  const joined = members.filter((person) => !current.has(person.id));
  // Whoever is in the team and in none of its groups: only where a group tells its members at all.
  const groupsOfTeam = input.teamGroups.filter(({ teamId }) => teamId === id);
  const inSome = new Set(
    input.members
      .filter((member) =>
        groupsOfTeam.some(
          (link) =>
            link.source === member.source && link.groupExternalId === member.groupExternalId,
        ),
      )
      .map(({ personId }) => personId),
  );
  const left =
    members.length === 0 ? [] : [...current].filter(([personId]) => !inSome.has(personId));
  return [
    ...joined.map((person) =>
      proposal(
        'member',
        person,
        `${person.displayName} is in ${group.slug}: add to the team ${name}?`,
      ),
    ),
    ...left.map(([personId, displayName]) =>
      proposal(
        'former_member',
        { id: personId, displayName },
        `${displayName} is no longer in ${group.slug}: end the stay in the team ${name}?`,
      ),
    ),
  ];
}

function proposeOwners(
  groups: readonly AccountGroup[],
  teamOf: (group: AccountGroup) => Team | undefined,
  input: ProposalInput,
): TeamProposal[] {
  return input.repositories.flatMap(({ source, externalId, name }) => {
    if (input.owned.has(`${source}\n${externalId}`)) return [];
    const slug = mainOwner(
      input.owners.filter(
        (owner) => owner.source === source && owner.repositoryExternalId === externalId,
      ),
    );
    const group = groups.find((candidate) => candidate.slug.toLowerCase() === slug);
    const team = group === undefined ? undefined : teamOf(group);
    if (group === undefined || team === undefined) return [];
    return [
      {
        id: `owner:${team.id}:${source}:${externalId}`,
        kind: 'repository_owner' as const,
        message: `The ownership file of ${name} names ${group.slug}: does the team ${team.name} own it?`,
        team: { id: team.id, key: team.key, name: team.name },
        people: [],
        repository: { source, externalId, name },
        group: { source: group.source, externalId: group.externalId },
      },
    ];
  });
}

/** The team that owns whatever no other line names, else the only one that the file names. */
export function mainOwner(owners: readonly RepositoryOwner[]): string | null {
  const teams = owners
    .filter(({ owner }) => teamOwner.test(owner))
    .toSorted((one, other) => one.position - other.position);
  const lastForAll = owners
    .filter(({ pattern }) => pattern === '*')
    .reduce((last, { position }) => Math.max(last, position), -1);
  const ofAll = teams.find(({ pattern, position }) => pattern === '*' && position === lastForAll);
  const distinct = new Set(teams.map(({ owner }) => owner.toLowerCase()));
  const only = lastForAll === -1 && distinct.size === 1 ? teams[0] : undefined;
  return (ofAll ?? only)?.owner.slice(1).toLowerCase() ?? null;
}

/** Teams that ownership files name and no source has told of. */
function groupsOfOwners({ owners, groups }: ProposalInput): AccountGroup[] {
  const known = new Set(groups.map(({ slug }) => slug.toLowerCase()));
  const found = new Map<string, AccountGroup>();
  for (const { owner } of owners) {
    const slug = owner.slice(1).toLowerCase();
    if (!teamOwner.test(owner) || known.has(slug) || found.has(slug)) continue;
    const words = (slug.split('/').at(-1) ?? slug).replaceAll(/[-_.]+/g, ' ').trim();
    found.set(slug, {
      source: ownersFileSource,
      externalId: slug,
      name: words.charAt(0).toUpperCase() + words.slice(1),
      slug,
      parentExternalId: null,
    });
  }
  return [...found.values()].toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
}

function parentsFirst(groups: readonly AccountGroup[]): AccountGroup[] {
  const byKey = new Map(groups.map((group) => [keyOf(group), group]));
  const depthOf = (group: AccountGroup): number => {
    const seen = new Set<string>();
    let current: AccountGroup | undefined = group;
    while (current?.parentExternalId && !seen.has(keyOf(current))) {
      seen.add(keyOf(current));
      current = byKey.get(`${current.source}\n${current.parentExternalId}`);
    }
    return seen.size;
  };
  return groups.toSorted((one, other) => depthOf(one) - depthOf(other));
}

/** Returns the key of the team that a group would become: the last part of its slug. */
export function teamKeyOf({ slug }: Pick<AccountGroup, 'slug'>): string {
  return (slug.split('/').at(-1) ?? slug).toLowerCase().slice(0, 100);
}

function membersOf(group: AccountGroup, { members }: ProposalInput): TeamProposal['people'] {
  const people = new Map<string, TeamProposal['people'][number]>();
  for (const { source, groupExternalId, personId, displayName } of members) {
    if (source === group.source && groupExternalId === group.externalId) {
      people.set(personId, { id: personId, displayName });
    }
  }
  return [...people.values()].toSorted((one, other) =>
    one.displayName < other.displayName ? -1 : 1,
  );
}

function keyOf(group: Pick<AccountGroup, 'source' | 'externalId'>): string {
  return `${group.source}\n${group.externalId}`;
}
