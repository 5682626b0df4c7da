// The launcher's style, as a string: it goes into a shadow root on a page that is not ours.
export const launcherCss = `
:host{all:initial}
.root{--ink:#fff;--gap:20px;font-family:system-ui,sans-serif;position:fixed;inset:0;pointer-events:none;z-index:2147483000}
button{all:unset;box-sizing:border-box;position:absolute;inset-inline-end:max(var(--gap),env(safe-area-inset-right));bottom:max(var(--gap),env(safe-area-inset-bottom));width:60px;height:60px;border-radius:50%;background:var(--brand);color:var(--ink);cursor:pointer;pointer-events:auto;box-shadow:0 6px 20px rgb(0 0 0/.22),0 2px 6px rgb(0 0 0/.16);display:grid;place-items:center;transition:transform .18s ease}
button:hover{transform:scale(1.06)}
button:active{transform:scale(.96)}
button:focus-visible{outline:3px solid var(--ink);outline-offset:-6px;box-shadow:0 0 0 4px var(--brand)}
svg{grid-area:1/1;width:30px;height:30px;fill:currentColor;transition:opacity .15s,transform .2s}
.cross{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;opacity:0;transform:rotate(-45deg)}
.open .cross{opacity:1;transform:none}
.open .bubble{opacity:0;transform:scale(.6)}
.badge{position:absolute;top:-3px;inset-inline-end:-3px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#d92d20;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center;border:2px solid #fff;line-height:18px}
.badge:empty{display:none}
.panel{position:absolute;visibility:hidden;opacity:0;transform:translateY(12px) scale(.985);transform-origin:bottom;transition:opacity .18s ease,transform .2s ease,visibility 0s .2s;inset-inline-end:var(--gap);bottom:calc(var(--gap) + 76px);width:min(400px,calc(100vw - 2*var(--gap)));height:min(680px,calc(100vh - 128px));border-radius:18px;overflow:hidden;background:#eef2f0;box-shadow:0 16px 48px rgb(0 0 0/.24),0 2px 8px rgb(0 0 0/.12)}
.open .panel{visibility:visible;opacity:1;transform:none;pointer-events:auto;transition-delay:0s}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}
@media (max-width:560px){
.panel{inset:0;width:100%;height:100%;border-radius:0;transform:translateY(24px)}
.open button{display:none}
}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media print{.root{display:none}}
`;
