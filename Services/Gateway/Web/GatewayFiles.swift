import Web

/// The look and the one script of the pages, brought along by the program: counties are offline.
enum GatewayFiles {
    static let style = all.address("/assets/style.css")
    static let script = all.address("/assets/live.js")

    static let all: StaticFiles = {
        var assets = StaticFiles()
        assets.register("/assets/style.css", type: "text/css; charset=utf-8", bytes: Array(css.utf8))
        assets.register("/assets/live.js", type: "text/javascript; charset=utf-8", bytes: Array(js.utf8))
        return assets
    }()

    /// Renews the overview when the server says that something has changed. Ticks all boxes of a list. All else works
    /// without it.
    private static let js = """
        "use strict";
        const live = document.querySelector("[data-live]");
        if (live) {
            const renew = async () => {
                const answer = await fetch(live.dataset.fragment, { cache: "no-store" });
                if (answer.ok && !answer.redirected) live.innerHTML = await answer.text();
            };
            const source = new EventSource(live.dataset.live);
            source.addEventListener("overview", renew);
            let timer;
            const poll = () => {
                source.close();
                timer ??= setInterval(renew, 30000);
            };
            source.addEventListener("overtaken", poll);
            source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) poll(); });
        }
        for (const all of document.querySelectorAll("input[data-all]")) {
            all.addEventListener("change", () => {
                for (const box of (all.form ?? document).querySelectorAll(`input[name="${all.dataset.all}"]`)) {
                    box.checked = all.checked;
                }
            });
        }
        const reload = document.querySelector("[data-reload]");
        if (reload) setTimeout(() => location.reload(), 1000 * Number(reload.dataset.reload));
        for (const button of document.querySelectorAll("button[data-print]")) {
            button.addEventListener("click", () => window.print());
        }

        """

    private static let css = """
        :root { --ink: #1d2430; --muted: #616b7a; --line: #d9dee6; --paper: #fff; --ground: #f3f5f8; --main: #1f4e8c;
            --good: #1d6b3a; --waiting: #8a5a00; --bad: #b3261e; }
        * { box-sizing: border-box; }
        body { margin: 0; color: var(--ink); background: var(--ground);
            font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; }
        header { display: flex; gap: 1.25rem; align-items: center; padding: .5rem 1.25rem; background: var(--main);
            color: #fff; flex-wrap: wrap; }
        header a { color: #fff; text-decoration: none; padding: .25rem .1rem; white-space: nowrap; }
        header nav { display: flex; gap: 1rem; flex: 1; flex-wrap: wrap; }
        header nav a[aria-current] { border-bottom: 2px solid #fff; }
        header .brand { font-size: 1.25rem; font-weight: 700; letter-spacing: .1em; }
        header form { display: flex; gap: .75rem; align-items: center; }
        main { max-width: 1320px; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
        h1 { font-size: 1.5rem; margin: .5rem 0 1rem; } h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
        section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem;
            margin: 0 0 1.25rem; }
        /* Shadows at the edges behind which a table goes on: the covers scroll along with it, the shadows do not. */
        .scroll { overflow-x: auto; background:
            linear-gradient(to right, var(--cover) 40%, transparent) left / 3rem 100% no-repeat local,
            linear-gradient(to left, var(--cover) 40%, transparent) right / 3rem 100% no-repeat local,
            linear-gradient(to right, #1d243040, transparent) left / 1rem 100% no-repeat scroll,
            linear-gradient(to left, #1d243040, transparent) right / 1rem 100% no-repeat scroll;
            --cover: var(--ground); }
        section .scroll { --cover: var(--paper); }
        .scroll .hint { display: none; } td button { white-space: nowrap; }
        table { border-collapse: collapse; width: 100%; font-size: .94rem; }
        th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--muted); font-weight: 600; white-space: nowrap; }
        td { font-variant-numeric: tabular-nums; }
        a { color: var(--main); }
        .muted, small, footer { color: var(--muted); } .empty { color: var(--muted); }
        .late { color: var(--bad); font-weight: 600; white-space: nowrap; }
        .badge { display: inline-block; padding: 0 .5rem; border-radius: 999px; border: 1px solid var(--line);
            font-size: .86rem; white-space: nowrap; }
        .badge.good { color: var(--good); border-color: var(--good); }
        .badge.waiting { color: var(--waiting); border-color: var(--waiting); }
        .badge.bad { color: #fff; background: var(--bad); border-color: var(--bad); }
        .progress { display: flex; gap: .5rem; align-items: center; white-space: nowrap; }
        progress { width: 6rem; height: .7rem; accent-color: var(--main); }
        .figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 1.25rem; }
        .figure { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1.1rem;
            text-decoration: none; color: inherit; min-width: 8rem; }
        .figure strong { display: block; font-size: 1.6rem; line-height: 1.25;
            } .figure.bad strong { color: var(--bad); }
        form.filters, .row { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin: 0 0 1rem; }
        .field { display: inline-flex; flex-direction: column; gap: .15rem; margin: 0 .75rem .75rem 0;
            font-size: .94rem; }
        .field.wide { display: flex; } .field > span { color: var(--muted); }
        form.filters .field { margin: 0; }
        input, select, textarea, button { font: inherit; padding: .35rem .6rem; border: 1px solid #9aa5b5;
            border-radius: 6px; background: #fff; color: inherit; max-width: 100%; }
        textarea { width: 100%; }
        input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible {
            outline: 3px solid #7fb0ee; outline-offset: 1px; }
        button.primary { background: var(--main); border-color: var(--main); color: #fff; cursor: pointer; }
        button.quiet { background: transparent; cursor: pointer; } header button.quiet { color: #fff;
            border-color: #ffffff80; }
        button.danger { color: var(--bad); border-color: var(--bad); cursor: pointer; }
        .check { display: inline-flex; gap: .35rem; align-items: center; margin: 0 1rem .4rem 0; }
        .menu { display: none; }
        .wrong { color: var(--bad); display: block; } [aria-invalid="true"] { border-color: var(--bad); }
        a.button { display: inline-block; padding: .4rem .9rem; border: 1px solid var(--main); border-radius: 6px;
            text-decoration: none; } .tabs a { margin-right: .8rem; } .tabs a[aria-current] { font-weight: bold; }
        table.rows input { width: 100%; min-width: 5rem; }
        .fault, .done { border-radius: 8px; padding: .6rem 1rem; margin: 0 0 1rem; }
        .fault { background: #fdecea; border: 1px solid var(--bad); } .fault p { margin: .2rem 0; }
        .fault .code { color: var(--muted); font-size: .8rem; }
        .done { background: #e8f4ec; border: 1px solid var(--good); }
        .notice { background: #fff6e0; border: 1px solid var(--waiting); border-radius: 8px; padding: .6rem 1rem;
            margin: 0 0 1rem; }
        .pager { display: flex; gap: 1.25rem; }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
            gap: .4rem 1.25rem; margin: 0; }
        .facts dt { color: var(--muted); font-size: .86rem; } .facts dd { margin: 0; }
        .timeline { list-style: none; margin: 0; padding: 0; }
        .timeline li { display: flex; gap: 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line);
            flex-wrap: wrap; }
        .timeline time { color: var(--muted); font-variant-numeric: tabular-nums; }
        .signin { max-width: 22rem; margin: 12vh auto 0; } .signin .field { display: flex; margin: 0 0 .75rem; }
        details { margin: 0 0 .5rem; } summary { cursor: pointer; color: var(--main); }
        fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 1rem; }
        h3 { font-size: 1rem; margin: 1rem 0 .5rem; }
        .card { display: flex; gap: 1.5rem; max-width: 40rem; flex-wrap: wrap; break-inside: avoid; }
        .card h2 { margin-top: .5rem; }
        footer { text-align: center; padding: 1rem; font-size: .86rem; }
        @media (max-width: 700px) {
            main { padding: 1rem .75rem 2rem; } section { padding: .75rem; }
            header { padding: .5rem .75rem; gap: .5rem .75rem; }
            header form { margin-left: auto; min-width: 0; flex-shrink: 1; }
            header form .who { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 9rem; }
            /* The box is out of sight and still in the order of the keys. */
            input.menu { display: block; position: absolute; opacity: 0; width: 1px; height: 1px; }
            label.menu { display: block; border: 1px solid #ffffff80; border-radius: 6px; padding: .3rem .8rem;
                cursor: pointer; }
            input.menu:focus-visible + label.menu { outline: 3px solid #7fb0ee; outline-offset: 1px; }
            header nav { display: none; order: 1; flex-basis: 100%; gap: 0 1rem; }
            header nav a { padding: .5rem .1rem; }
            input.menu:checked ~ nav { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); }
            .scroll .hint { display: block; position: sticky; left: 0; width: max-content; font-size: .8rem;
                color: var(--muted); }
            .scroll.wide td { min-width: 5.5em; }
        }
        /* The county's tables need the long side of the paper; a card is handed over as it is. */
        @page { size: A4 landscape; margin: 10mm; }
        @page paper { size: A4 portrait; margin: 15mm; }
        @media print {
            main:has(.card) { page: paper; }
            header, footer, .filters, .pager, .screen, button, .check, .field, fieldset, summary, .scroll .hint,
            input[type=checkbox] { display: none; }
            body { background: #fff; font-size: 10pt; line-height: 1.4; }
            main { max-width: none; padding: 0; } section { border: 0; padding: 0; margin: 0 0 5mm; }
            h1 { font-size: 14pt; margin: 0 0 3mm; } h2 { font-size: 11pt; margin: 0 0 2mm; break-after: avoid; }
            .scroll { overflow: visible; background: none; }
            table { font-size: 8pt; line-height: 1.3; } thead { display: table-header-group; }
            tr { break-inside: avoid; } th, td { padding: .8mm 1.2mm; } th { white-space: normal; }
            td { overflow-wrap: anywhere; } .badge { font-size: 7.5pt; padding: 0 1mm; }
            .badge, .progress, .late { white-space: normal; } .progress progress { width: 14mm; }
            .figures { gap: 2mm; margin: 0 0 4mm; } .figure { padding: 1mm 3mm; min-width: 0; }
            .figure strong { font-size: 13pt; } a { color: inherit; text-decoration: none; }
        }

        """
}
