/** Files on the chat page, both ways: chosen, pasted, dropped, recorded, shown and saved. */
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputFile } from 'grammy';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { VISITOR } from './stage.ts';
import { eventually, staged } from './staged.ts';

const { stage, open } = staged();

/** A green picture, 3 wide and 2 high. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR42mNkaGBgYGBAIQAIXgB+q0dwqgAAAABJRU5ErkJggg==',
  'base64',
);

/** Hands the page files by an event of its own, as a paste or a drop does. */
async function hand(page: Page, kind: 'paste' | 'drop', name: string, type: string, bytes: Buffer): Promise<void> {
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], '${name}', { type: '${type}' }));
    const event = '${kind}' === 'paste'
      ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector('#message').dispatchEvent(event);
  })()`);
}

async function download(fileId: string | undefined): Promise<Buffer> {
  const file = await stage().api.getFile(fileId ?? '');
  const loaded = await fetch(`${stage().sandbox.url}/file/bot${stage().sandbox.token}/${file.file_path}`);
  return Buffer.from(await loaded.arrayBuffer());
}

test('a chosen file goes to the bot byte for byte, with its name, its caption and what it answers', async (context) => {
  const { page } = await open(context);
  const asked = await stage().api.sendMessage(VISITOR, 'the contract?', { reply_markup: { force_reply: true } });
  await page.getByText('Reply to').waitFor();
  await page.getByRole('button', { name: 'Attach' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'File', exact: true }).click();
  const buffer = Buffer.from('%PDF-1.7 contents');
  await (await chooser).setFiles({ name: 'Vertrag für Ann.pdf', mimeType: 'application/pdf', buffer });
  await page.getByLabel('Caption').fill('sign this tomorrow');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  const message = await stage().update('message');
  expect(message.document).toMatchObject({
    file_name: 'Vertrag für Ann.pdf',
    mime_type: 'application/pdf',
    file_size: 17,
  });
  expect([message.caption, message.reply_to_message?.message_id]).toEqual(['sign this tomorrow', asked.message_id]);
  expect(await download(message.document?.file_id)).toEqual(buffer);
});

test('a pasted picture is a photo of its real size, a dropped one too, and as a file when that is wished', async (context) => {
  const { page } = await open(context);
  await page.getByRole('textbox').fill('look');
  await hand(page, 'paste', 'a.png', 'image/png', png);
  expect(await page.getByLabel('Caption').inputValue()).toBe('look');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  const photo = await stage().update('message');
  expect([photo.photo?.[0]?.width, photo.photo?.[0]?.height, photo.caption]).toEqual([3, 2, 'look']);
  await eventually(() => page.getByRole('textbox').inputValue()).toBe('');
  await page.getByRole('log').getByRole('img', { name: 'Photo: look' }).waitFor();
  await eventually(() => page.evaluate<number>("document.querySelector('.picture img').naturalWidth")).toBe(3);
  await hand(page, 'drop', 'b.png', 'image/png', png);
  await page.getByLabel('As photos').uncheck();
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  expect((await stage().update('message')).document?.file_name).toBe('b.png');
});

test('several files are one album, and one that is too large is told before it is sent', async (context) => {
  const { page } = await open(context);
  await page.getByRole('button', { name: 'Attach' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Photo' }).click();
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-page-'));
  const pictures = ['1.png', '2.png', '3.png'].map((name) => path.join(folder, name));
  for (const picture of pictures) await writeFile(picture, png);
  await truncate(pictures[2] ?? '', 20 * 1024 * 1024 + 1);
  await (await chooser).setFiles(pictures);
  await eventually(() => page.getByRole('status').textContent()).toContain('20 MB');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  const [one, two] = [await stage().update('message'), await stage().update('message')];
  expect(one.media_group_id).toMatch(/^\d+$/);
  expect(two.media_group_id).toBe(one.media_group_id);
  await rm(folder, { recursive: true });
});

test('a voice message is recorded and sent with its length', async (context) => {
  const { page } = await open(context);
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  const recording = page.getByRole('group', { name: 'Recording' });
  await recording.getByText('0:01').waitFor();
  await recording.getByRole('button', { name: 'Send' }).click();
  const { voice } = await stage().update('message');
  expect(voice?.duration).toBeGreaterThan(0);
  expect(voice?.file_size).toBeGreaterThan(100);
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await recording.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('textbox').fill('no voice');
  await page.keyboard.press('Enter');
  expect((await stage().update('message')).text).toBe('no voice');
});

test('what the bot sends is shown or saved under its own name, and a page among it is never opened', async (context) => {
  const { page } = await open(context);
  const html = Buffer.from('<script>document.title = 1</script>');
  await stage().api.sendPhoto(VISITOR, new InputFile(png, 'chart.png'), { caption: 'Chart' });
  await stage().api.sendDocument(VISITOR, new InputFile(html, 'отчёт.html'));
  await stage().api.sendMediaGroup(VISITOR, [
    { type: 'photo', media: new InputFile(png, '1.png') },
    { type: 'photo', media: new InputFile(png, '2.png') },
  ]);
  await eventually(() => page.getByRole('log').getByRole('img').count()).toBe(3);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: /отчёт.html/ }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('отчёт.html');
  expect(await readFile(await file.path())).toEqual(html);
});

test('something somebody else wrote arrives as forwarded from them, and a message of the chat can be forwarded too', async (context) => {
  const { page } = await open(context);
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem', { name: 'As forwarded from someone' }).click();
  await page.getByLabel('Name of the sender').fill('Olga');
  await page.getByLabel('What they wrote').fill('invoice by friday');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  const message = await stage().update('message');
  expect([message.text, message.forward_origin]).toEqual([
    'invoice by friday',
    { type: 'hidden_user', sender_user_name: 'Olga', date: expect.any(Number) },
  ]);
  await page.getByText('Forwarded from Olga').waitFor();
  await stage().api.sendMessage(VISITOR, 'from me');
  const own = page.getByRole('article').last();
  await eventually(() => own.locator('.text').textContent()).toBe('from me');
  await own.hover();
  await own.getByRole('button', { name: 'More about this message' }).click();
  await page.getByRole('menuitem', { name: 'Forward to the bot' }).click();
  const forwarded = await stage().update('message');
  expect([forwarded.text, forwarded.forward_origin?.type]).toEqual(['from me', 'user']);
});

test('a name tells no lies: what is no picture is sent as a file, and nothing in a name turns round or fills the window', async (context) => {
  const { page } = await open(context);
  await hand(page, 'drop', 'photo.jpg', 'image/jpeg', Buffer.from('MZ no picture'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText('photo.jpg').waitFor();
  expect([await dialog.getByLabel('As photos').count(), await dialog.locator('img').count()]).toEqual([0, 0]);
  await dialog.getByRole('button', { name: 'Send' }).click();
  expect((await stage().update('message')).document?.file_name).toBe('photo.jpg');
  await hand(page, 'drop', `evil\u202Egpj${'n'.repeat(150)}.exe`, 'application/octet-stream', Buffer.from('x'));
  const shown = await dialog.locator('.file-name').innerText();
  expect(shown).toMatch(/^evilgpjn+…n+\.exe$/);
  expect(shown).toHaveLength(80);
  await dialog.getByRole('button', { name: 'Send' }).click();
  expect(await page.getByRole('link', { name: '.exe' }).getAttribute('download')).toBe(`evilgpj${'n'.repeat(150)}.exe`);
});
