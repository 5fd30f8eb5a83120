// Takes a diagram away as a picture: SVG as bpmn-js writes it, PNG painted from that.

import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const DOTS_PER_UNIT = 2; // sharp in print and on dense screens
const MOST_DOTS = 8000; // a side; browsers refuse canvases much larger

type Picture = (svg: string) => Promise<Blob>;

function asSvg(svg: string): Promise<Blob> {
  return Promise.resolve(new Blob([svg], { type: "image/svg+xml" }));
}

async function asPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const longest = Math.max(image.naturalWidth, image.naturalHeight, 1);
  const scale = Math.min(DOTS_PER_UNIT, MOST_DOTS / longest);
  const paper = document.createElement("canvas");
  paper.width = Math.ceil(image.naturalWidth * scale);
  paper.height = Math.ceil(image.naturalHeight * scale);
  const pen = paper.getContext("2d");
  if (!pen) {
    throw new Error("This browser paints no pictures.");
  }
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.drawImage(image, 0, 0, paper.width, paper.height);
  return await new Promise((resolve, reject) => {
    paper.toBlob((blob) => {
      if (blob) {
        resolve(blob);
      } else {
        reject(new Error("The picture is too large."));
      }
    }, "image/png");
  });
}

function hand(blob: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

const KINDS: readonly (readonly [ending: string, picture: Picture])[] = [
  ["svg", asSvg],
  ["png", asPng],
];

/** Buttons "Download as SVG" and "Download as PNG" for a viewer or modeler. */
export function downloads(viewer: Pick<NavigatedViewer, "saveSVG">, name: string): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "app-diagram__downloads";
  const told = document.createElement("span");
  told.role = "status";
  for (const [ending, picture] of KINDS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "app-diagram__control";
    button.textContent = `Download as ${ending.toUpperCase()}`;
    button.addEventListener("click", async () => {
      try {
        const { svg } = await viewer.saveSVG();
        hand(await picture(svg), `${name}.${ending}`);
        told.textContent = `${name}.${ending} is downloaded.`;
      } catch (reason) {
        told.textContent = "The picture could not be made. Try the other kind.";
        reportError(reason);
      }
    });
    bar.append(button);
  }
  bar.append(told);
  return bar;
}
