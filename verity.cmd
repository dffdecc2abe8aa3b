@echo off
rem Starts Verity on Windows. Not tested yet. The POSIX script "verity" beside this file says what happens here;
rem unlike it, this one builds once and does not look for newer sources, and the virtual machine's warning about the
rem vector module is shown.
setlocal
set "HOME_DIR=%~dp0"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
set "DIST=%HOME_DIR%"
if exist "%HOME_DIR%pom.xml" set "DIST=%HOME_DIR%cli\target\dist\"
if exist "%DIST%lib" goto start
echo verity: first use; building (a minute or two, once) ... 1>&2
pushd "%HOME_DIR%"
call mvn -q -B --no-transfer-progress -pl cli -am package -DskipTests -Dspotless.check.skip -Djacoco.skip -Denforcer.skip 1>&2
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  echo verity: the build failed 1>&2
  exit /b 3
)
:start
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
for %%J in ("%DIST%lib\verity-cli-*.jar") do set "JAR=%%J"
"%JAVA%" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -XX:+UseParallelGC %VERITY_JAVA_OPTS% -cp "%JAR%" io.verity.cli.Main %*
exit /b %ERRORLEVEL%
