// A pad to sign on with a finger. What was drawn goes into the hidden field as a PNG data address.

import SignaturePad from "../vendor/signature_pad.min.js";

function fit(canvas, pad) {
  const scale = Math.max(window.devicePixelRatio || 1, 1);
  const drawn = pad.toData();
  canvas.width = canvas.offsetWidth * scale;
  canvas.height = canvas.offsetHeight * scale;
  canvas.getContext("2d").scale(scale, scale);
  pad.clear();
  pad.fromData(drawn);
}

function prepare(box) {
  const canvas = box.querySelector("canvas");
  const field = document.getElementById(box.dataset.signature);
  const pad = new SignaturePad(canvas, { penColor: "#12203a", minWidth: 0.9, maxWidth: 2.6 });
  const keep = () => { field.value = pad.isEmpty() ? "" : pad.toDataURL("image/png"); };
  pad.addEventListener("endStroke", keep);
  box.querySelector("[data-signature-clear]").addEventListener("click", () => { pad.clear(); keep(); });
  new ResizeObserver(() => { if (canvas.offsetWidth) fit(canvas, pad); }).observe(canvas);
}

const prepared = new WeakSet();

export function start(root) {
  root.querySelectorAll("[data-signature]").forEach((box) => {
    if (prepared.has(box)) return;
    prepared.add(box);
    prepare(box);
  });
}
