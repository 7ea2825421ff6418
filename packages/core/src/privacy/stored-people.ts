import type { StoredTables } from './stored-table.ts';

/** People, teams, and what belongs to whom. */
export const storedOfPeople = {
  workspaces: { holds: 'tenants', personal: 'none', data: null },
  teams: { holds: 'teams and where each came from', personal: 'none', data: null },
  people: {
    holds: 'people as identity resolution sees them, with role',
    personal: 'name',
    data: {
      fields: ['displayName'],
      of: 'everybody_seen',
      origin: 'source',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  memberships: {
    holds: 'who was in which team, from when to when',
    personal: 'belonging to a team',
    data: {
      fields: ['personId'],
      of: 'members',
      origin: 'source',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  accounts: {
    holds: 'one row per account of a source',
    personal: "login, name, e-mail, vendor's number, time zone",
    data: {
      fields: ['externalId', 'login', 'name', 'email', 'vendorId', 'timeZone'],
      of: 'everybody_seen',
      origin: 'source',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  accountGroups: {
    holds: 'groups of accounts as a source names them',
    personal: 'none',
    data: null,
  },
  accountGroupMembers: {
    holds: 'which account is in which group, with its role there',
    personal: 'belonging to a group',
    data: {
      fields: ['accountExternalId'],
      of: 'members',
      origin: 'source',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  personAccounts: {
    holds: 'which account belongs to whom, by which rule, who confirmed it',
    personal: 'link between the two',
    data: {
      fields: ['personId', 'accountExternalId', 'confirmedBy'],
      of: 'everybody_seen',
      origin: 'computed',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  identityMappings: {
    holds: 'mappings stated in configuration or `.mailmap`; accounts found by an address',
    personal: 'account ids (in git: addresses), name; addresses looked up',
    data: {
      fields: ['fromExternalId', 'toExternalId', 'displayName'],
      of: 'everybody_seen',
      origin: 'configuration',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  identityChanges: {
    holds: 'merges and splits, with who made them',
    personal: 'ids of people, account ids',
    data: {
      fields: ['fromPersonId', 'toPersonId', 'accounts', 'previousLinks', 'actor'],
      of: 'everybody_seen',
      origin: 'use',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  teamGroups: { holds: 'which team a group of accounts became', personal: 'none', data: null },
  teamDecisions: {
    holds: 'answers to proposed teams, members and owners',
    personal: 'who decided, names of people in the question',
    data: {
      fields: ['actor', 'effects'],
      of: 'users',
      origin: 'use',
      purpose: 'identity',
      seenAs: 'identity',
      retention: 'until_deleted',
    },
  },
  projectDefinitions: {
    holds: 'projects',
    personal: 'none, unless a name contains one',
    data: null,
  },
  projectParts: {
    holds: 'repositories, boards and services of a project',
    personal: 'none',
    data: null,
  },
  services: { holds: 'what is deployed, and the owning team', personal: 'none', data: null },
  serviceRepositories: {
    holds: 'repositories a service is built from',
    personal: 'none',
    data: null,
  },
  repositories: { holds: 'repositories', personal: 'none, unless a name contains one', data: null },
  repositoryOwners: {
    holds: "what a repository's ownership file says",
    personal: 'logins and addresses that it names',
    data: {
      fields: ['owner'],
      of: 'everybody_seen',
      origin: 'source',
      purpose: 'identity',
      seenAs: 'work',
      retention: 'until_deleted',
    },
  },
  repositoryOrigins: {
    holds: 'addresses a repository is or was known by',
    personal: 'none, unless an address contains a name',
    data: null,
  },
  repositoryLeads: {
    holds: 'repositories that another source shows better, and which',
    personal: 'none',
    data: null,
  },
  deliveryFollowers: {
    holds: 'deployments to an environment and runs of a pipeline that the leading source shows too',
    personal: 'none',
    data: null,
  },
  repositoryTeams: { holds: 'which team owns which repository', personal: 'none', data: null },
} as const satisfies Partial<StoredTables>;
