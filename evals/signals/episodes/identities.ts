import type { Organisation, Person } from '../organisation.ts';
import { Pull } from '../pull.ts';
import { type Board, newItem } from '../life/board-life.ts';
import { dayMs, hourMs, weekdaysAfter, workHoursAfter } from '../working-time.ts';
import type { World } from '../world.ts';

interface Newcomer {
  login: string;
  shown: string;
  email: string;
}

/** As they call themselves at GitHub, and as everybody else calls them. */
const newcomers: readonly Newcomer[] = [
  { login: 'quietfox', shown: 'Tessa Arendt', email: 'tessa.arendt@example.com' },
  { login: 'mb-77', shown: 'Milo Brecht', email: 'milo.brecht@example.com' },
  { login: 'sunnyside', shown: 'Vera Lindt', email: 'vera.lindt@example.com' },
  { login: 'kaputnik', shown: 'Arno Wiese', email: 'arno.wiese@example.com' },
];

/**
 * Four newcomers are one person at GitHub and another one everywhere else, until their profiles show
 * their addresses. Three who write no code are known to the others alone, which is as it should be.
 */
export function plantStrangers(world: World, organisation: Organisation, ops: Board): void {
  const rule = 'identity-unresolved';
  const from = world.from + world.dice.whole(20, 26) * dayMs;
  const end = from + 35 * dayMs;
  for (const name of ['Rika Dorn', 'Theo Wald', 'Uta Lenz']) {
    workAtJira(world, ops, world.jira.addUser({ displayName: name }), world.begins);
  }
  const what = 'three who write no code, and nobody to match them';
  world.lookAlike(rule, { what, until: from }, 'workspace');
  const expected = { mayFrom: from + dayMs, mustBy: from + 21 * dayMs, until: end + 2 * dayMs };
  world.firing(rule, { what: 'four who are known by two names', ...expected }, 'workspace');
  for (const newcomer of newcomers) join(world, organisation, ops, { newcomer, from, end });
}

function join(
  world: World,
  { people, ...organisation }: Organisation,
  ops: Board,
  { newcomer, from, end }: { newcomer: Newcomer; from: number; end: number },
): void {
  const { login, shown, email } = newcomer;
  const actor = world.github.addActor({ login });
  const [acme] = world.github.organizations;
  const user = world.jira.addUser({ displayName: shown, emailAddress: email, showsEmail: false });
  world.at(from, () => {
    if (acme !== undefined) world.github.addMember(acme, actor);
  });
  workAtJira(world, ops, user, from);
  const place = organisation.places.platform;
  for (let at = from + 10 * hourMs; at < world.to; at = weekdaysAfter(at, 4)) {
    const opened = workHoursAfter(at, world.dice.between(0, 5));
    const reviewer = world.dice.oneOf<Person>(place.team);
    new Pull(world, { people, ...organisation }, { place, author: actor, at: opened, reviewer })
      .review(reviewer, workHoursAfter(opened, 2))
      .merge(workHoursAfter(opened, 3));
  }
  world.at(end, () => {
    actor.verifiedEmails = [email];
    actor.name = shown;
    user.showsEmail = true;
  });
}

function workAtJira(
  world: World,
  ops: Board,
  user: ReturnType<World['jira']['addUser']>,
  from: number,
): void {
  for (let at = from + 10 * hourMs; at < world.to; at = weekdaysAfter(at, 7)) {
    const begunAt = workHoursAfter(at, world.dice.between(0, 5));
    const doneAt = workHoursAfter(begunAt, world.dice.between(2, 7));
    world.at(begunAt, () => {
      const made = newItem(world, ops, begunAt);
      world.jira.assign(made, user, { at: begunAt, by: user });
      world.jira.transition(made, 'In Progress', { at: begunAt, by: user });
      world.at(doneAt, () => {
        world.jira.transition(made, 'Done', { at: doneAt, by: user });
      });
    });
  }
}
