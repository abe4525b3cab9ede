# One image a role: docker build --target silo|gateway|standalone|sandbox .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN for project in src/Silo src/Gateway src/Standalone simulators/Sandbox; do \
      dotnet publish "$project" -c Release -o "/out/$(basename "$project")" || exit 1; \
    done

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:8080 \
    CalendarActors__DataDirectory=/data
# The folder belongs to the user that runs, so that a volume mounted there does too.
RUN mkdir /data && chown "$APP_UID" /data
COPY deploy/healthy /usr/local/bin/healthy
USER $APP_UID
EXPOSE 8080
# A first start makes the schema; a gateway waits up to two minutes for its silos.
HEALTHCHECK --interval=5s --timeout=10s --retries=3 --start-period=90s CMD ["healthy"]

FROM runtime AS silo
COPY --from=build /out/Silo .
ENTRYPOINT ["dotnet", "CalendarActors.Silo.dll"]

FROM runtime AS gateway
COPY --from=build /out/Gateway .
ENTRYPOINT ["dotnet", "CalendarActors.Gateway.dll"]

# The simulated Google and Microsoft.
FROM runtime AS sandbox
COPY --from=build /out/Sandbox .
EXPOSE 5081 5082
HEALTHCHECK --interval=5s --timeout=10s --retries=3 --start-period=30s CMD ["healthy", "5081", "/"]
ENTRYPOINT ["dotnet", "CalendarActors.Simulators.Sandbox.dll"]

FROM runtime AS standalone
COPY --from=build /out/Standalone .
VOLUME /data
ENTRYPOINT ["dotnet", "CalendarActors.Standalone.dll"]
