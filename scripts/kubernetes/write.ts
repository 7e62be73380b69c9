/** `npm run k8s`: renders the overlays of k8s/ anew, after a change of the chart or of their values. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findHelm, overlayNames, renderOverlay } from './overlays.ts';

const helm = findHelm();
if (helm === undefined) {
  console.error('no Helm: put one on the PATH, name one by HELM, or run the chart’s tests once, which bring one');
  process.exit(1);
}
for (const name of overlayNames()) {
  const url = new URL(`../../k8s/overlays/${name}/steward.yaml`, import.meta.url);
  writeFileSync(url, renderOverlay(helm, name));
  console.log(fileURLToPath(url));
}
