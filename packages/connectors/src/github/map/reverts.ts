/**
 * Returns the number of the pull request that this one reverts, where it says so: by the words that
 * GitHub's button writes into the text, or by the branch that it makes. Null where it does not say.
 */
export function revertsNumber(
  request: { title: string; body: string | null; headRef: string | null },
  fullName: string | null,
): number | null {
  return fromBody(request.body ?? '', fullName) ?? fromBranch(request);
}

function fromBody(body: string, fullName: string | null): number | null {
  // Without the sign of a number there is none: most texts are done with here.
  if (!body.includes('#')) return null;
  const [, name, number] =
    /^\s*Reverts (?:([\w.-]+\/[\w.-]+))?#(\d{1,9})\b/im.exec(body.slice(0, 20_000)) ?? [];
  if (number === undefined) return null;
  // A revert of another repository's change is none here.
  const isOther = name !== undefined && fullName !== null && !sameName(name, fullName);
  return isOther ? null : Number(number);
}

function fromBranch({ title, headRef }: { title: string; headRef: string | null }): number | null {
  const number = /^revert-(\d{1,9})-/.exec(headRef ?? '')?.[1];
  if (number !== undefined) return Number(number);
  const inTitle = /^revert\b.*\(#(\d{1,9})\)["”']/i.exec(title)?.[1];
  return inTitle === undefined ? null : Number(inTitle);
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
