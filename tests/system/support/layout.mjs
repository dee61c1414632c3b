// How Chromium lays out plain text as a phone does: each line by its first strong character, in a bubble of a phone's width.
import assert from "node:assert/strict";

const style = `<meta charset="utf-8"><style>
  body { margin: 0; background: #fff; color: #000; }
  #bubble { width: 340px; font: 16px/24px "DejaVu Sans"; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; }
  .plain { unicode-bidi: plaintext; }
</style><div id="bubble"></div>`;

const marks = /[\u200E\u200F]/g;
export const withoutMarks = (text) => text.replace(marks, "");
export const rightLetter = /[\p{Script=Arabic}&&\p{L}]/v;

export class Bubble {
  static async open(browser) {
    const bubble = new Bubble();
    bubble.page = await browser.newPage({ viewport: { width: 360, height: 900 } });
    await bubble.page.setContent(style);
    return bubble;
  }

  /** Plain text, and nothing else. */
  plain(text) {
    return this.page.evaluate((text) => {
      const element = document.getElementById("bubble");
      element.className = "plain";
      element.dir = "auto";
      element.textContent = text;
    }, text);
  }

  /** The same told in markup: lines with their direction, and parts that stand for themselves. */
  marked(lines) {
    return this.page.evaluate((lines) => {
      const element = document.getElementById("bubble");
      element.className = "";
      element.replaceChildren(...lines.map(({ dir, parts }) => {
        const line = document.createElement("div");
        line.dir = dir;
        line.append(...parts.map(({ text, alone }) => {
          if (!alone) return text;
          const isolate = document.createElement("bdi");
          isolate.dir = "ltr";
          isolate.textContent = text;
          return isolate;
        }));
        return line;
      }));
    }, lines);
  }

  /** Where every visible character stands: [character, left, right, top], in the order in which they are written. */
  async glyphs() {
    return this.page.evaluate(() => {
      const found = [];
      const walker = document.createTreeWalker(document.getElementById("bubble"), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        for (let at = 0; at < node.data.length; ++at) {
          if (/[\u200C-\u200F\s]/.test(node.data[at])) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { left, right, top } = range.getBoundingClientRect();
          found.push([node.data[at], Math.round(left), Math.round(right), Math.round(top)]);
        }
      }
      return found;
    });
  }

  picture() {
    return this.page.locator("#bubble").screenshot();
  }

  /** How many pixels of two pictures differ for an eye; all of them when the sizes do. */
  difference(one, other) {
    return this.page.evaluate(async (files) => {
      const [a, b] = await Promise.all(files.map(async (file) => {
        const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      }));
      if (a.width !== b.width || a.height !== b.height) return a.width * a.height;
      let count = 0;
      for (let at = 0; at < a.data.length; at += 4) if (Math.abs(a.data[at] - b.data[at]) > 64) ++count;
      return count;
    }, [one.toString("base64"), other.toString("base64")]);
  }
}

/** The characters of a number stand from left to right, and line below line where it is broken. */
export function leftToRight(glyphs, what) {
  for (let i = 1; i < glyphs.length; ++i) {
    const [before, after] = [glyphs[i - 1], glyphs[i]];
    const inOrder = after[3] > before[3] + 12 || (Math.abs(after[3] - before[3]) < 4 && after[1] >= before[2] - 1);
    assert.ok(inOrder, `${what}: '${after[0]}' stands at ${after[1]}, ${after[3]}; '${before[0]}' before it at ${before[1]}, ${before[3]}`);
  }
}
