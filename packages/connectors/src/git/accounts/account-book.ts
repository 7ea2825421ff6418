import { accountIdOf } from './account-of.ts';

interface BookedAccount {
  id: string;
  index: number;
  email: string;
  /** The latest name used, unless a mailmap spells it. */
  name: string;
  /** The name that was last given out; null before the first time. */
  givenName: string | null;
}

/** The accounts of one pass, so that each is given once and not once per commit. */
export interface AccountBook {
  /** Returns the account of a signature; null where it has neither name nor address. */
  find(name: string, email: string): BookedAccount | null;
  at(index: number): BookedAccount | undefined;
  all(): Iterable<BookedAccount>;
}

export function createAccountBook(properNames: ReadonlyMap<string, string>): AccountBook {
  const bySignature = new Map<string, BookedAccount | null>();
  const byId = new Map<string, BookedAccount>();
  const list: BookedAccount[] = [];
  const book = (name: string, email: string): BookedAccount | null => {
    const id = accountIdOf(name, email);
    if (id === null) return null;
    const present = byId.get(id);
    if (present !== undefined) return present;
    const account = { id, index: list.length, email, name, givenName: null };
    byId.set(id, account);
    list.push(account);
    return account;
  };
  return {
    find(name, email) {
      const signature = `${email}\n${name}`;
      let account = bySignature.get(signature);
      if (account === undefined) {
        account = book(name, email);
        bySignature.set(signature, account);
      }
      if (account !== null) account.name = properNames.get(account.id) ?? name;
      return account;
    },
    at: (index) => list[index],
    all: () => list,
  };
}
