/** The page of those who come without a session: what opens the chat, in the language of the browser. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

const style =
  'body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#eceee9,#0f1312);color:light-dark(#1a211e,#e9eeeb);' +
  'font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}' +
  'main{max-width:24rem;padding:1.5rem}h1{font-size:1.15rem;margin:0 0 .4rem}p{margin:0}';
/** Names this very style, so that the policy need not allow any other. */
const styleHash = createHash('sha256').update(style).digest('base64');

const words = {
  en: 'This chat opens by the address that Steward printed in its terminal. An address opens it once: when a used one is tried, a new one is printed there.',
  ru: 'Этот чат открывается по адресу, который Steward напечатал в терминале. Адрес годен один раз: если открыть использованный, там появится новый.',
};

/**
 * Answers 403 with the explanation. A browser that was led here by a link on another site has its cookie, but does not show it on that way
 * (SameSite=Strict): it comes once more by itself.
 */
export function explainClosed(response: ServerResponse, headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  const again = site === 'cross-site' || site === 'same-site' ? '<meta http-equiv="refresh" content="0; url=/">' : '';
  const language = /^ru(?![a-z])/i.test(headers['accept-language'] ?? '') ? 'ru' : 'en';
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  response.writeHead(403, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<meta name="color-scheme" content="light dark">${again}<title>Steward</title><style>${style}</style>` +
      `<main><h1>Steward</h1><p>${words[language]}</p></main></html>\n`,
  );
}
