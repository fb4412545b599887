"""Uses the pages of a running county as people do, in a real browser, and prints a line for each thing that held.

pages.py JIELI DATA ADDRESS FOLDER: the program, the county's data folder, its web address, and a folder that holds
roster.csv and takes the pictures that are made when something does not hold.
"""
import base64
import os
import re
import signal
import subprocess
import sys
import time

# Debian's chromium-driver and chromium are asked for directly; nothing goes through a proxy.
for variable in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[variable]

from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402

JIELI, DATA, ADDRESS, FOLDER = sys.argv[1:5]
ENTERPRISE, PASSWORD = "91350100M000100Y43", "honghe-2026"
# Generous, because other tests may share the machine; nothing waits longer than it must.
PATIENCE_IN_SECONDS = 30
browsers = {}


class Unmet(Exception):
    """What was expected of a page and did not hold."""


def require(holds, what):
    if not holds:
        raise Unmet(what)


def eventually(what, condition):
    """The condition's first answer that is not empty. A page may be replaced while it is being looked at."""
    end = time.monotonic() + PATIENCE_IN_SECONDS
    while time.monotonic() < end:
        try:
            answer = condition()
            if answer:
                return answer
        except StaleElementReferenceException:
            pass
        except WebDriverException as problem:
            # The same, when the node goes between being found and being read.
            if "does not belong to the document" not in str(problem):
                raise
        time.sleep(0.05)
    raise Unmet(f"{PATIENCE_IN_SECONDS} s went by without: {what}")


class Browser:
    """One browser with cookies of its own."""

    def __init__(self, name, scripts=True):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        switches = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server",
                    "--no-first-run", "--disable-extensions", "--window-size=1280,900"]
        # The sandbox of Chromium refuses to run as root; it only ever sees our own pages here.
        if os.geteuid() == 0:
            switches.append("--no-sandbox")
        for switch in switches:
            options.add_argument(switch)
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.driver.set_page_load_timeout(PATIENCE_IN_SECONDS)
        browsers[name] = self

    def open(self, path):
        self.driver.get(ADDRESS + path)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        found = self.all(selector)
        require(len(found) == 1, f"one {selector} on {self.driver.current_url}, not {len(found)}")
        return found[0]

    def texts(self, selector):
        return [element.text for element in self.all(selector)]

    def write(self, field, text):
        element = self.one(f"main [name={field}]")
        element.clear()
        element.send_keys(text)

    def leave(self, element):
        """Clicks and waits until another document has come."""
        before = self.driver.find_element(By.TAG_NAME, "html")
        element.click()

        def is_gone():
            try:
                before.is_enabled()
                return False
            except StaleElementReferenceException:
                return True

        eventually("another page after the click", is_gone)

    def press(self, word):
        found = [button for button in self.all("button") if button.text == word]
        require(len(found) == 1, f"one button {word} on {self.driver.current_url}")
        self.leave(found[0])

    def sign_in(self, user, password):
        self.open("/signin")
        self.write("user", user)
        self.write("password", password)
        self.press("登录")

    def figure(self, status):
        return int(self.one(f"a.figure[href$='status={status}'] strong").text)


def sign_in():
    office = Browser("office")
    office.sign_in("renshe", "something else")
    fault = office.one("[role=alert]").text
    require("账号或密码不对" in fault, f"a word about the wrong password: {fault}")
    require(not office.all("nav"), "a wrong password opens nothing")
    office.sign_in("renshe", PASSWORD)
    require(office.driver.current_url.endswith("/work/verify"), f"the work list: {office.driver.current_url}")
    require("人力资源和社会保障局" in office.one("header").text, "the account's name in the head")


def record_and_import():
    office = browsers["office"]
    office.open("/enterprises")
    office.write("code", ENTERPRISE)
    office.write("name", "红河县测试茶厂")
    office.press("保存")
    require("红河县测试茶厂" in office.one("main table").text, "the enterprise in the table")
    done = subprocess.run(
        [JIELI, "import", f"{FOLDER}/roster.csv", "--enterprise", ENTERPRISE, "--data", DATA],
        capture_output=True, text=True, timeout=PATIENCE_IN_SECONDS, check=False)
    require(done.returncode == 0 and "登记 5 人" in done.stdout, f"jieli import: {done.stdout}{done.stderr}")


def work_step():
    office = browsers["office"]
    office.open("/work/verify")
    boxes = office.all("tbody input[name=person]")
    require(len(boxes) == 5, f"five people to verify, not {len(boxes)}")
    for box in boxes[:2]:
        box.click()
    office.press("核准登记")
    run_ends(office, 2)
    office.open("/work/verify")
    require(len(office.all("tbody input[name=person]")) == 3, "three people are left")


def run_ends(office, people):
    """What was ticked is a run: it goes on by itself, and its page says when all is done."""
    require("/runs/" in office.driver.current_url, f"the run's page: {office.driver.current_url}")
    address = office.driver.current_url

    def is_done():
        office.driver.get(address)
        return "已全部办完" in office.one("main").text

    eventually(f"the run of {people} is done", is_done)
    require(f"{people}/{people}" in office.one("main").text, f"{people} of {people}")


def live_overview():
    team = Browser("team")
    team.sign_in("zhuanban", PASSWORD)
    require(team.driver.current_url.endswith("/overview"), f"the overview: {team.driver.current_url}")
    eventually("two verified on the overview", lambda: team.figure("verified") == 2)
    eventually("three wait to be verified", lambda: team.figure("registered") == 3)
    require("红河县测试茶厂" in team.one("#overview").text, "the enterprise's line")
    team.driver.execute_script("window.isSameDocument = true")
    # An open stream keeps the page from nothing: the event source is ready before the next step is done.
    office = browsers["office"]
    office.one("input[data-all=person]").click()
    require(all(box.is_selected() for box in office.all("tbody input[name=person]")), "all boxes are ticked")
    office.press("核准登记")
    run_ends(office, 3)
    office.open("/work/verify")
    require("没有待核准的人员" in office.one("main").text, "nobody is left to verify")
    eventually("five verified on the overview, of itself", lambda: team.figure("verified") == 5)
    eventually("nobody waits", lambda: team.figure("registered") == 0)
    require(team.driver.execute_script("return window.isSameDocument === true"), "the page was not loaded anew")


def interrupted():
    """The session ends while something is being typed."""
    office = browsers["office"]
    office.open("/enterprises")
    office.write("code", ENTERPRISE)
    office.write("name", "红河县测试茶厂（改）")
    before = office.texts("tbody tr")
    office.driver.delete_all_cookies()
    office.leave(office.one("main form .primary"))
    require("登录已过期" in office.one("[role=alert]").text, "a word about the session's end")
    office.write("user", "renshe")
    office.write("password", PASSWORD)
    office.press("登录")
    require("请核对后重新提交" in office.one("main [role=status]").text, "a word that nothing was sent")
    name = office.one("main [name=name]").get_attribute("value")
    require(name == "红河县测试茶厂（改）", f"what was typed is there again: {name}")
    require(office.texts("tbody tr") == before, "nothing was sent by itself")


def ledger():
    office = browsers["office"]
    office.open("/ledger")
    require(len(office.all("tbody tr")) == 5, "everybody before the search")
    office.write("text", "李芳")
    office.press("查询")
    rows = office.texts("tbody tr")
    require(len(rows) == 1 and rows[0].startswith("李芳"), f"李芳 alone: {rows}")
    address = office.driver.current_url
    require(address.startswith(f"{ADDRESS}/ledger?search=") and "%" not in address, f"no name in {address}")
    office.leave(office.one("tbody a"))
    office.driver.back()
    rows = office.texts("tbody tr")
    require(len(rows) == 1 and rows[0].startswith("李芳"), f"Back leads to what was found, without asking: {rows}")
    office.leave(office.one("tbody a"))
    sections = {section.find_element(By.TAG_NAME, "h2").text: section for section in office.all("section")}
    require("李芳" in sections["基本信息"].text, "the name on the person page")
    tracks = sections["各事项"].find_elements(By.CSS_SELECTOR, "tbody tr")
    require(len(tracks) >= 3, f"several tracks, not {len(tracks)}")
    require(any("未完成" in track.text for track in tracks), "a track that is still to do")
    timeline = [entry.text for entry in sections["经过"].find_elements(By.CSS_SELECTOR, ".timeline li")]
    require(len(timeline) >= 2, f"registered and verified: {timeline}")
    require(all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d", entry) for entry in timeline), f"times: {timeline}")
    require(any("核准" in entry for entry in timeline), f"the verification in the timeline: {timeline}")


def without_scripts():
    plain = Browser("plain", scripts=False)
    plain.sign_in("zhuanban", PASSWORD)
    require("浏览器未启用脚本" in plain.one("main").text, "the browser runs no scripts")
    require(plain.figure("verified") == 5, "the figures stand on the page")
    require("红河县测试茶厂" in plain.one("#overview").text, "the table stands on the page")
    plain.leave(plain.one("a.figure[href$='status=verified']"))
    require(len(plain.all("tbody tr")) == 5, "a figure leads to its people")


def narrow():
    office = browsers["office"]
    person = office.driver.current_url.removeprefix(ADDRESS)
    visitor = Browser("visitor")
    for browser, path in [(visitor, "/signin"), (office, "/ledger"), (office, person), (office, "/work/verify"),
                          (office, "/enterprises"), (browsers["team"], "/overview")]:
        browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True})
        browser.open(path)
        width = browser.driver.execute_script(
            "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth)")
        require(width == 390, f"{path} is {width} wide on a phone of 390")
        if browser is not visitor:
            height = browser.one("header").size["height"]
            require(height < 100, f"the head takes {height} of a phone on {path}")
    team = browsers["team"]
    require(not team.one("header nav").is_displayed(), "the menu is folded")
    team.one("label.menu").click()
    require(team.one("header nav").is_displayed(), "the menu unfolds")
    hints = [hint.text for hint in team.all(".scroll.wide .hint") if hint.is_displayed()]
    require(hints and "左右滑动" in hints[0], "a word that a table goes on")


def printed():
    team = browsers["team"]
    team.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    team.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    require(not team.one("header").is_displayed(), "no menu on paper")
    require(team.one("#overview").is_displayed(), "the figures on paper")
    # What lies within the margins of an A4 sheet on its long side, at the 96 dots to the inch of CSS.
    width = round((297 - 20) / 25.4 * 96)
    team.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 700, "deviceScaleFactor": 1, "mobile": False})
    edges = team.driver.execute_script(
        "return Array.from(document.querySelectorAll('table, th')).map(e => e.getBoundingClientRect().right)")
    require(max(edges) <= width, f"a table reaches to {max(edges)} on paper of {width}")
    paper = team.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    require(b"/MediaBox [0 0 84" in base64.b64decode(paper), "the paper lies on its long side")


def picture(name, browser):
    path = f"{FOLDER}/{name}.png"
    try:
        browser.driver.save_screenshot(path)
        return path
    except Exception as problem:  # The picture must not hide what went wrong before it.
        return f"no picture of {name}: {type(problem).__name__}"


def stop(number, _):
    raise Unmet(f"signal {number}")


def main():
    # Whoever ends this program early still gets the pictures, and no browser is left behind.
    signal.signal(signal.SIGTERM, stop)
    try:
        for step in (sign_in, record_and_import, work_step, live_overview, interrupted, ledger, without_scripts, narrow,
                     printed):
            began = time.monotonic()
            try:
                try:
                    step()
                except StaleElementReferenceException:
                    # The page was shown anew under the step's hands: once more from its beginning.
                    if step not in (narrow, printed):
                        raise
                    step()
            except Exception as problem:
                print(f"failed {step.__name__}: {type(problem).__name__}: {problem}")
                for name, browser in browsers.items():
                    print(f"  {browser.driver.current_url} {picture(name, browser)}")
                return 1
            print(f"ok {step.__name__}", flush=True)
            print(f"{step.__name__}: {time.monotonic() - began:.1f} s", file=sys.stderr)
        return 0
    finally:
        for browser in browsers.values():
            browser.driver.quit()


sys.exit(main())
