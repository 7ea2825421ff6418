import { html, type SafeHtml } from '@adjutant/insights';
import { pageSection } from '../components/page-head.ts';
import type { PageCall } from '../define-page.ts';

/** Returns who is signed in here and how, and where passkeys and tokens are looked after. */
export async function sessionPart({ person, gateway }: PageCall): Promise<SafeHtml> {
  const { viewer, name, proof } = person;
  const { assurance } = await gateway.approvers.grade();
  const how =
    proof.kind === 'page_session'
      ? 'by a link that worked once, or a passkey; a cookie of this browser stands for you'
      : `by the host (${proof.method})`;
  return pageSection(
    { id: 'access', title: 'You, here' },
    html`<p>${name}, ${viewer.role}, signed in ${how}.</p><p>Decisions here can prove: ${assurance}. <a href="/passkeys">Passkeys and linked accounts</a></p>`,
  );
}
