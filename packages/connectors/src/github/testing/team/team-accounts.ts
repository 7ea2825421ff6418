import { teamAgent, teamBot, type TeamMember } from '../../../testing/team-people.ts';
import type { GithubData } from '../data/github-data.ts';
import type { TwinActor, TwinGitPerson, TwinOrganization } from '../data/records.ts';

/** The team's accounts, found by the addresses in its commits. */
export interface TeamAccounts {
  organization: TwinOrganization;
  /** Accounts of people, in the order of the members. */
  people: readonly TwinActor[];
  /** A bot that looks at pull requests before anybody does. */
  reviewBot: TwinActor;
  /** What runs the workflows, and so creates the deployments. */
  workflowBot: TwinActor;
  actorOf(member: TeamMember): TwinActor;
  personOf(member: TeamMember, at: number): TwinGitPerson;
}

const firstNumber = 7_100_000;

/** Reads number and login of a no-reply address; other people get the name before the @. */
function profileOf({ email }: TeamMember, at: number): { id: number; login: string } {
  const [, id, login] = /^(\d+)\+([^@]+)@users\.noreply\.github\.com$/.exec(email) ?? [];
  if (id !== undefined && login !== undefined) return { id: Number(id), login };
  return { id: firstNumber + at, login: email.slice(0, email.indexOf('@')) };
}

export function createTeamAccounts(
  data: GithubData,
  organizationLogin: string,
  members: readonly TeamMember[],
): TeamAccounts {
  const organization = data.addOrganization(organizationLogin, 'Acme');
  const byEmail = new Map<string, TwinActor>();
  const people = members.map((member, at) => {
    const isHidden = member.email.endsWith('@users.noreply.github.com');
    const actor = data.addActor({
      ...profileOf(member, at),
      name: member.name,
      verifiedEmails: isHidden ? [] : [member.email],
    });
    byEmail.set(member.email, actor);
    // Both addresses belong to one account, which git alone cannot know.
    if (member.formerEmail !== undefined) byEmail.set(member.formerEmail, actor);
    data.addMember(organization, actor, at === 0 ? 'ADMIN' : 'MEMBER');
    return actor;
  });
  const bot = ({ email, name }: TeamMember): TwinActor => {
    const id = Number(/^\d+/.exec(email)?.[0]);
    const actor = data.addActor({ type: 'Bot', id, login: name.replace('[bot]', '') });
    byEmail.set(email, actor);
    return actor;
  };
  bot(teamBot);
  bot(teamAgent);
  const actorOf = ({ email }: TeamMember): TwinActor => {
    const actor = byEmail.get(email);
    if (actor === undefined) throw new RangeError('A commit names somebody outside of the team.');
    return actor;
  };
  return {
    organization,
    people,
    reviewBot: data.addActor({
      type: 'Bot',
      id: 175_728_472,
      login: 'copilot-pull-request-reviewer',
    }),
    workflowBot: data.addActor({ type: 'Bot', id: 41_898_282, login: 'github-actions' }),
    actorOf,
    personOf: (member, at) => ({
      name: member.name,
      email: member.email,
      at,
      actor: actorOf(member),
    }),
  };
}
