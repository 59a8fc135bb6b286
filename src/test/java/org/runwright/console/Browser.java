package org.runwright.console;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A person's Chromium, logged in. Leaves pictures in {@code target/browser}. */
final class Browser implements AutoCloseable {

  private static final Path PICTURES = Path.of("target", "browser");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ChromeDriver driver;
  private final int port;

  private Browser(ChromeDriver driver, int port) {
    this.driver = driver;
    this.port = port;
  }

  static Browser open(Path profile, int port, boolean scripts) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1400,900",
        "--user-data-dir=" + profile);
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    return new Browser(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build(),
            options),
        port);
  }

  Browser logIn(String name) {
    go("/login");
    seen(By.id("username")).sendKeys(name);
    seen(By.id("password")).sendKeys(name);
    click(By.cssSelector("button[type=submit]"));
    await().atMost(PATIENCE).until(() -> !driver.getCurrentUrl().contains("/login"));
    return this;
  }

  void go(String path) {
    driver.get("http://127.0.0.1:" + port + path);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  WebElement seen(By what) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .until(() -> driver.findElement(what), WebElement::isDisplayed);
  }

  boolean has(By what) {
    return !driver.findElements(what).isEmpty();
  }

  void click(By what) {
    // Pages draw parts anew, so the element found first may be gone when it is clicked.
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .untilAsserted(
            () -> {
              WebElement found = driver.findElement(what);
              driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
              found.click();
            });
  }

  void type(By where, String text) {
    seen(where).sendKeys(text);
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  void awaitText(String text) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .until(() -> text().contains(text));
  }

  Object script(String script) {
    return driver.executeScript(script);
  }

  /** As for a person who prefers dark pages. */
  void dark() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** What the page complained about, its policy's refusals included. */
  String complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(Object::toString)
        .reduce("", (a, b) -> a + b + "\n");
  }

  void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
