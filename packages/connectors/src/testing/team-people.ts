export interface TeamMember {
  name: string;
  email: string;
  /** An address used before, which `.mailmap` joins to the present one. */
  formerEmail?: string;
}

const names = [
  'Mira Okafor',
  'Jonas Lindqvist',
  'Priya Raman',
  'Tomás Herrera',
  'Yuki Tanaka',
  'Lena Fischer',
  'Samuel Boateng',
  'Nadia Haddad',
  'Oskar Nowak',
  'Chloé Martin',
  'Ravi Shankar',
  'Elif Demir',
  'Marco Bianchi',
  'Hana Kovář',
  'Peter Ngugi',
  'Sofia Costa',
];

export const teamBot: TeamMember = {
  name: 'dependabot[bot]',
  email: '49699333+dependabot[bot]@users.noreply.github.com',
};

export const teamAgent: TeamMember = {
  name: 'copilot-swe-agent[bot]',
  email: '198982749+Copilot@users.noreply.github.com',
};

/** How an assistant marks a commit that a person made with it. */
export const assistantTrailer = 'Co-authored-by: Claude <noreply@anthropic.com>';

/** Returns so many invented people; every fifth commits with a no-reply address, one has two. */
export function createPeople(count: number): TeamMember[] {
  return Array.from({ length: count }, (_, at) => {
    const base = names[at % names.length] ?? 'Somebody';
    const name = at < names.length ? base : `${base} ${Math.floor(at / names.length) + 1}`;
    const login = `${base.split(' ')[0]?.normalize('NFD').replaceAll(/\W/g, '').toLowerCase()}${at}`;
    const email =
      at % 5 === 4
        ? `${7_000_000 + at}+${login}@users.noreply.github.com`
        : `${login}@acme.example`;
    return at === 0 ? { name, email, formerEmail: `${login}@former.example` } : { name, email };
  });
}

/** Returns the `.mailmap` that joins former addresses to present ones. */
export function mailmapOf(people: readonly TeamMember[]): string {
  return people
    .filter(({ formerEmail }) => formerEmail !== undefined)
    .map(({ name, email, formerEmail }) => `${name} <${email}> <${formerEmail}>\n`)
    .join('');
}
