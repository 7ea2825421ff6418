import type { Identifiers } from './identifiers.ts';
import type { TwinActor, TwinOrganization, TwinRepository, TwinTeam } from './records.ts';

/** When what has no instant of its own was made. */
export const longAgo = Date.parse('2020-01-01T00:00:00Z');

export interface NewTeam {
  slug: string;
  name?: string;
  description?: string | null;
  parent?: TwinTeam;
  maintainers?: readonly TwinActor[];
  members?: readonly TwinActor[];
  repositories?: readonly TwinRepository[];
}

/** Returns who is there, and the ways in which that changes. */
export function createPeopleData(identifiers: Identifiers) {
  const organizations: TwinOrganization[] = [];
  const actors: TwinActor[] = [];
  return {
    organizations,
    actors,
    addActor(actor: Pick<TwinActor, 'login'> & Partial<TwinActor>): TwinActor {
      const added: TwinActor = {
        type: 'User',
        id: identifiers.next(),
        name: null,
        email: null,
        verifiedEmails: [],
        createdAt: longAgo,
        ...actor,
      };
      actors.push(added);
      return added;
    },
    addOrganization(login: string, name: string | null = null): TwinOrganization {
      const added: TwinOrganization = {
        type: 'Organization',
        id: identifiers.next(),
        login,
        name,
        members: [],
        teams: [],
        copilot: null,
        createdAt: longAgo,
      };
      organizations.push(added);
      return added;
    },
    addMember(
      organization: TwinOrganization,
      actor: TwinActor,
      role: 'ADMIN' | 'MEMBER' = 'MEMBER',
    ): void {
      organization.members.push({ actor, role });
    },
    removeMember(organization: TwinOrganization, actor: TwinActor): void {
      organization.members = organization.members.filter((member) => member.actor !== actor);
      for (const team of organization.teams) {
        team.members = team.members.filter((member) => member.actor !== actor);
      }
    },
    addTeam(organization: TwinOrganization, team: NewTeam): TwinTeam {
      const { maintainers = [], members = [] } = team;
      const added: TwinTeam = {
        type: 'Team',
        id: identifiers.next(),
        organization,
        slug: team.slug,
        name: team.name ?? team.slug,
        description: team.description ?? null,
        parent: team.parent ?? null,
        members: [
          ...maintainers.map((actor) => ({ actor, role: 'MAINTAINER' as const })),
          ...members.map((actor) => ({ actor, role: 'MEMBER' as const })),
        ],
        repositories: [...(team.repositories ?? [])],
        createdAt: longAgo,
      };
      organization.teams.push(added);
      return added;
    },
  };
}
