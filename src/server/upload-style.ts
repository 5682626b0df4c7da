// The look of the upload page: one small style sheet inside the page, so that a cheap phone on a slow line loads one thing.
export const uploadStyle = `
*{box-sizing:border-box}
html{font:17px/1.75 "IBM Plex Sans Arabic","Segoe UI",Tahoma,"Noto Sans Arabic","Noto Naskh Arabic",system-ui,sans-serif;color:#16211f;background:#eef2f1}
body{margin:0;min-height:100vh;display:flex;flex-direction:column}
header{background:var(--brand);color:var(--brand-ink);padding:14px 18px;display:flex;gap:12px;align-items:center;justify-content:space-between}
header b{font-size:1.05rem}
header a{color:inherit;font-size:.9rem;padding:6px 10px;border:1px solid currentColor;border-radius:999px;text-decoration:none}
main{width:100%;max-width:600px;margin:0 auto;padding:20px 16px 40px;flex:1}
h1{font-size:1.3rem;line-height:1.5;margin:6px 0 4px}
p{margin:.5em 0}
.card{background:#fff;border:1px solid #d5dedb;border-radius:16px;padding:18px}
.what{font-weight:700;font-size:1.1rem}
.note{color:#46534f;font-size:.92rem}
.why{background:#fdf1e3;border:1px solid #ecc48d;color:#5b3608;border-radius:12px;padding:10px 14px;margin:0 0 14px}
.why p{margin:.2em 0}
label{display:block;font-weight:600;margin:16px 0 8px}
input[type=file]{display:block;width:100%;font:inherit;font-size:.95rem;padding:16px 12px;border:2px dashed #8fa39d;border-radius:12px;background:#f7faf9}
input[type=file]::file-selector-button{font:inherit;padding:8px 14px;margin-inline-end:12px;border:1px solid #8fa39d;border-radius:10px;background:#fff;color:inherit}
button{display:block;width:100%;margin-top:18px;padding:13px;font:inherit;font-weight:700;color:var(--brand-ink);background:var(--brand);border:0;border-radius:12px;cursor:pointer}
:focus-visible{outline:3px solid #1b6ef3;outline-offset:2px}
.mark{display:block;width:56px;height:56px;margin:4px auto 10px}
.done{text-align:center}
footer{color:#46534f;font-size:.85rem;text-align:center;padding:0 16px 24px}
@media (prefers-color-scheme:dark){
html{color:#e7efec;background:#101715}
.card{background:#18211e;border-color:#2f3c38}
.note,footer{color:#a9b9b3}
input[type=file]{background:#141c1a;border-color:#52635d}
input[type=file]::file-selector-button{background:#22302b;border-color:#52635d}
.why{background:#3a2a12;border-color:#7a5a22;color:#ffe2b5}
}
`.trim();
